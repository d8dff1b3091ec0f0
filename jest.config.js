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

export default {
  projects: [
    {
      ...typescript,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,clients}/**/*.spec.ts'],
    },
    {
      ...typescript,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/**/*.e2e-spec.ts', '<rootDir>/libs/**/*.integration-spec.ts'],
      // Only here, so that `--selectProjects unit` needs neither a build nor a database.
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  // Suites wait for time-outs and other processes during half of their time: two of them leave cores idle.
  maxWorkers: 3,
  // Each suite leaves about 40 MB of modules behind. Near the limit of the heap, garbage collection makes suites ten times slower.
  workerIdleMemoryLimit: '1500MB',
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
