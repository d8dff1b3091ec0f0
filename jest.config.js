/** Both projects run our TypeScript as ES modules, compiled by swc the way tsc does it (decorator metadata). */
const typescript = {
  testEnvironment: 'node',
  // "source" makes #orders and its siblings (package.json "imports") resolve to libs/, not to dist/.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Its "source" is TypeScript, which is not compiled in packages.
    '^eventsource-parser$': '<rootDir>/node_modules/eventsource-parser/dist/index.js',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
        },
      },
    ],
  },
};

const endToEnd = {
  ...typescript,
  // Only here, so that `--selectProjects unit` needs neither a build nor a database.
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

/** Suites of outages, load, attacks and pages. What they run is counted in the others; the counters would slow them by a quarter. */
const UNCOUNTED =
  'test/{board-page,connections,faults,fuzz,problem-codes,scale,security,upgrade}/**/*.e2e-spec.ts';

export default {
  projects: [
    {
      ...typescript,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,clients}/**/*.spec.ts'],
    },
    {
      ...endToEnd,
      displayName: 'e2e',
      testMatch: [
        '<rootDir>/test/**/*.e2e-spec.ts',
        `!**/${UNCOUNTED}`,
        '<rootDir>/libs/**/*.integration-spec.ts',
      ],
    },
    {
      ...endToEnd,
      displayName: 'stress',
      testMatch: [`<rootDir>/${UNCOUNTED}`],
      coveragePathIgnorePatterns: ['/'],
    },
  ],
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  // Suites wait for time-outs and other processes during half of their time: two of them leave cores idle.
  maxWorkers: 3,
  testTimeout: 30_000,
  // Istanbul counts the branch that an `if` without `else` leaves out; V8 does not, and counts functions as branches.
  coverageProvider: 'babel',
  // Without the code that only runs in its own process (test/processes, test/seeds, test/user-commands, test/reconciliation, test/standalone-process) and the code
  // that starts PostgreSQL, whose branches depend on the user, the permissions and the platform.
  collectCoverageFrom: [
    '{apps,libs,clients/typescript/src}/**/*.ts',
    '!**/*.spec.ts',
    '!**/*.integration-spec.ts',
    '!apps/*/main.ts',
    // Runs in a browser; its rules are tested beside it.
    '!apps/board/!(state)/**',
    '!apps/standalone/{migrate,seed-*,user-{create,password,disable},reconcile,command-context}.ts',
    '!libs/config/{failpoint,start-process}.ts',
    '!apps/standalone/postgres/!(embedded-postgres).ts',
  ],
  coverageReporters: ['text', 'lcov'],
  coverageThreshold: { global: { lines: 90, branches: 90 } },
};
