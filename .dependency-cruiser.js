/** The import rules. `npm run lint` checks them; each rule says why it exists. */

/** The libs from the ground up. A lib imports only from layers before its own; libs of one layer do not know each other. */
const LAYERS = [
  ['errors', 'state-machine', 'timing'],
  ['config', 'json', 'tracing'],
  ['idempotency', 'logging', 'metrics'],
  ['database', 'http-client'],
  ['outbox', 'audit'],
  ['sessions'],
  ['users'],
  ['auth'],
  ['catalog', 'payments', 'notifications', 'shop'],
  ['refunds'],
  ['orders'],
  ['placements'],
  ['reports', 'reconciliation', 'monitoring', 'retention'],
];
const layerRules = LAYERS.flatMap((layer, index) =>
  layer.map((lib) => ({
    name: `layer-${lib}`,
    comment: `libs/${lib} may import only from the layers before it, see LAYERS.`,
    severity: 'error',
    from: { path: `^libs/${lib}/` },
    to: { path: '^libs/', pathNot: `^libs/(${[lib, ...LAYERS.slice(0, index).flat()].join('|')})/` },
  })),
);
const SQL_FILES = '(^libs/database/|^migrations/|^ormconfig[.]ts$|[.](repository|entity|module)[.]ts$)';
const HTTP_CLIENT_FILES = '(/http-[^/]+[.]gateway[.]ts$|^libs/notifications/[^/]+[.]module[.]ts$)';
/** What runs in production; tests and benchmarks may use more. */
const PRODUCT = '^(apps|libs|migrations)/|^ormconfig[.]ts$';
const SPECS = '[.](integration-)?spec[.]ts$';
const SPEC_SUPPORT = '^apps/board/spec-support/';
/** What `npm run openapi` derives from the OpenAPI document. */
const API_TYPES = '^clients/typescript/src/schema[.]ts$';
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
      // Express lies inside @nestjs/platform-express; dist/ exists only after a build, as does the client's package. The last one has
      // declarations only.
      to: {
        couldNotResolve: true,
        pathNot: '^express$|^[./]+/dist/|^@coffee-shop/client$|^kubernetes-types/',
      },
    },
    {
      name: 'no-undeclared-package',
      comment:
        'What runs in production is listed in "dependencies", not in "devDependencies"; the page is bundled.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: [SPECS, '^apps/board/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    ...layerRules,
    {
      name: 'every-lib-has-a-layer',
      comment: 'A lib that is not in LAYERS would fall under no rule.',
      severity: 'error',
      from: {},
      to: { path: '^libs/', pathNot: `^libs/(${LAYERS.flat().join('|')})/` },
    },
    {
      name: 'index-of-libs',
      comment: 'From outside, a lib is what its index.ts exports, imported as "#name".',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/', pathNot: '^libs/($1/|[^/]+/index[.]ts$)' },
    },
    {
      name: 'index-of-libs-from-outside',
      comment: 'Apps, benchmarks and tests also import a lib only through its index.ts.',
      severity: 'error',
      from: { pathNot: '^libs/' },
      to: { path: '^libs/[^/]+/', pathNot: '^libs/[^/]+/index[.]ts$' },
    },
    {
      name: 'index-by-its-name',
      comment: 'The index of a lib is imported as "#name", never by a relative path.',
      severity: 'error',
      from: {},
      to: { path: '^libs/[^/]+/index[.]ts$', dependencyTypesNot: ['aliased-subpath-import'] },
    },
    {
      name: 'no-own-index',
      comment: 'Files inside a lib import each other directly; an import of their own index.ts is a cycle.',
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
      from: { path: PRODUCT, pathNot: [SQL_FILES, SPECS] },
      to: { path: npm('typeorm', '@nestjs/typeorm') },
    },
    {
      name: 'pg-has-homes',
      comment: 'Only libs/database uses the driver, and standalone, which starts its own server.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: ['^libs/database/', '^apps/standalone/', SPECS] },
      to: { path: npm('pg', '@types/pg') },
    },
    {
      name: 'outgoing-http-has-homes',
      comment: 'Calls to providers are found in their gateways; the modules only configure the client.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: HTTP_CLIENT_FILES },
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
      name: 'page-stands-alone',
      comment: 'The page runs in a browser and knows the API only through its OpenAPI document.',
      severity: 'error',
      from: { path: '^apps/board/' },
      to: {
        pathNot: [
          '^apps/board/',
          API_TYPES,
          npm('preact', 'openapi-fetch', 'eventsource-parser', '@jest/globals'),
        ],
      },
    },
    {
      name: 'page-takes-only-types-of-the-client',
      comment: 'The page is built where clients/ does not exist, such as in the image.',
      severity: 'error',
      from: { path: '^apps/board/' },
      to: { path: '^clients/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'client-stands-alone',
      comment: 'The client is a package of its own and knows the API only through its OpenAPI document.',
      severity: 'error',
      from: { path: '^clients/' },
      to: {
        pathNot: ['^clients/', '^@coffee-shop/client$', npm('openapi-fetch', '@jest/globals')],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'client-is-for-others',
      comment: 'The product and its tools do not depend on what is made for their clients.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: '^apps/board/' },
      to: { path: '^clients/' },
    },
    {
      name: 'page-is-not-imported',
      comment: 'What the page is made of has no meaning outside a browser.',
      severity: 'error',
      from: { pathNot: '^apps/board/' },
      to: { path: '^apps/board/' },
    },
    {
      name: 'product-knows-no-tests',
      comment: 'Only specs import test support.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: [SPECS, SPEC_SUPPORT] },
      to: { path: ['^(test|bench)/', SPEC_SUPPORT, npm('@jest/globals')] },
    },
    {
      name: 'no-buckets',
      comment: 'A file is named after what it does. A bucket for everything has no owner.',
      severity: 'error',
      from: {},
      to: { path: '/(utils?|helpers?|common|shared|base|misc)[./]', pathNot: 'node_modules/' },
    },
    {
      name: 'argon2-has-one-home',
      comment: 'How passwords are hashed is decided in one file.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: '^libs/users/password[.]ts$' },
      to: { path: npm('argon2') },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Imports of types count as well.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      // "source" makes "#orders" (package.json "imports") mean libs/orders/index.ts, also without a build.
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
