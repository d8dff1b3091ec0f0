/** The import rules of the house. `npm run lint` checks them; each rule says why it exists. */

const LEVEL_2 = '(auth|catalog|idempotency|notifications|payments)';
const SQL_HOMES = '(^libs/database/|^migrations/|^ormconfig[.]ts$|[.](repository|entity|module)[.]ts$)';
const HTTP_CLIENT_HOMES = '(/http-[^/]+[.]gateway[.]ts$|^libs/(payments|notifications)/[^/]+[.]module[.]ts$)';
const SPECS = '[.]spec[.]ts$';
const npm = (...names) => `node_modules/(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that import each other can only be read, loaded and changed together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that is not found would escape all the other rules.',
      severity: 'error',
      from: {},
      // Express itself lies inside @nestjs/platform-express; ESLint sees to it that only its types are imported.
      to: { couldNotResolve: true, pathNot: '^express$' },
    },
    {
      name: 'no-undeclared-package',
      comment: 'What runs in production is listed in "dependencies", not in "devDependencies" or by luck.',
      severity: 'error',
      from: { pathNot: SPECS },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'platform-is-the-ground',
      comment: 'Downwards only: platform stands on no other lib.',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: '^libs/', pathNot: '^libs/platform/' },
    },
    {
      name: 'database-knows-only-platform',
      comment: 'Downwards only: the database module serves all features and knows none.',
      severity: 'error',
      from: { path: '^libs/database/' },
      to: { path: '^libs/', pathNot: '^libs/(database|platform)/' },
    },
    {
      name: 'features-do-not-know-each-other',
      comment: 'Downwards only: a feature stands on database and platform; orders alone combines features.',
      severity: 'error',
      from: { path: `^libs/${LEVEL_2}/` },
      to: { path: '^libs/', pathNot: '^libs/($1|database|platform)/' },
    },
    {
      name: 'front-door-of-libs',
      comment: 'From outside, a lib is what its index.ts exports, imported as "#name".',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/', pathNot: '^libs/($1/|[^/]+/index[.]ts$)' },
    },
    {
      name: 'front-door-for-the-rest',
      comment: 'Apps and ormconfig.ts also enter a lib only by its front door.',
      severity: 'error',
      from: { path: '^(apps/|migrations/|ormconfig[.]ts$)' },
      to: { path: '^libs/[^/]+/', pathNot: '^libs/[^/]+/index[.]ts$' },
    },
    {
      name: 'front-door-by-its-name',
      comment: 'The front door is written "#name", never as a relative path.',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/|^ormconfig[.]ts$' },
      to: { path: '^libs/[^/]+/index[.]ts$', dependencyTypesNot: ['aliased-subpath-import'] },
    },
    {
      name: 'no-own-front-door',
      comment: 'Inside a lib files import each other; through its own index.ts they would go in circles.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/$1/index[.]ts$' },
    },
    {
      name: 'libs-know-no-http',
      comment: 'The business is the same under HTTP, in the worker and in a script.',
      severity: 'error',
      from: { path: '^libs/' },
      to: {
        path: [
          '^apps/',
          '^express$',
          npm(
            'express',
            '@types/express',
            '@nestjs/swagger',
            '@nestjs/platform-express',
            'helmet',
            'body-parser',
          ),
          npm('passport[^/]*', '@types/passport[^/]*', '@nestjs/passport'),
        ],
      },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'A migration is history: it must not change its meaning when the code of today changes.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^(apps|libs)/' },
    },
    {
      name: 'typeorm-has-homes',
      comment:
        'SQL is found in repositories, entities, libs/database and migrations; modules only register them.',
      severity: 'error',
      from: { pathNot: [SQL_HOMES, SPECS] },
      to: { path: npm('typeorm', '@nestjs/typeorm') },
    },
    {
      name: 'pg-has-homes',
      comment: 'The driver is the business of libs/database; standalone starts a server of its own.',
      severity: 'error',
      from: { pathNot: ['^libs/database/', '^apps/standalone/'] },
      to: { path: npm('pg', '@types/pg') },
    },
    {
      name: 'outgoing-http-has-homes',
      comment: 'Calls to providers are found in their gateways; the modules only configure the client.',
      severity: 'error',
      from: { pathNot: HTTP_CLIENT_HOMES },
      to: { path: npm('axios', '@nestjs/axios') },
    },
    {
      name: 'apps-do-not-know-each-other',
      comment: 'API, worker and sandbox are deployed apart; standalone alone starts them in one process.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/standalone/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-junk-drawers',
      comment: 'A file is named after what it does; a drawer for everything has no owner.',
      severity: 'error',
      from: {},
      to: { path: '/(utils?|helpers?|common|shared|base|misc)[./]', pathNot: 'node_modules/' },
    },
    {
      name: 'argon2-has-one-home',
      comment: 'How passwords are hashed is decided in one file.',
      severity: 'error',
      from: { pathNot: '^libs/auth/password[.]ts$' },
      to: { path: npm('argon2') },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Imports of types count as well: an arrow in the reader's head is an arrow.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      // "source" makes "#orders" (package.json "imports") mean libs/orders/index.ts, also without a build.
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
