import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Tests and benchmarks are clients of the shop: they may read the environment and speak the wire's names. */
const TESTS = ['test/**/*.ts', 'bench/**/*.ts', '**/*.spec.ts', '**/*.integration-spec.ts'];

/** Here the wire's, a provider's or the database's snake_case is spelled literally, and nowhere else. */
const SNAKE_CASE_HOMES = [
  'apps/api/**/*.dto.ts',
  'apps/sandbox/**/*.ts',
  '**/*.gateway.ts',
  '**/*.repository.ts',
  'migrations/**/*.ts',
  ...TESTS,
];

/** Here only the keys of object literals may be snake_case: error codes and kinds, options of the pg driver, audited states, the bodies that the page and the client send, codes and columns of a statement. */
const SNAKE_CASE_KEY_HOMES = [
  'apps/board/**/*.{ts,tsx}',
  'clients/typescript/**/*.ts',
  'apps/api/openapi/**/*.ts',
  'apps/api/http/*.ts',
  'apps/api/problem/**/*.ts',
  'apps/api/reports/day-report-csv.ts',
  'libs/**/*-state.ts',
  'libs/**/*.errors.ts',
  'libs/**/audited-*.ts',
  'libs/database/**/*.ts',
  'libs/config/*.ts',
  'libs/logging/*.ts',
  'libs/reconciliation/*.ts',
];

const tooManyConstructorParameters = {
  selector: "MethodDefinition[kind='constructor'] > FunctionExpression[params.length>6]",
  message: 'More than six collaborators: this class has two jobs, split it.',
};
const serviceUsesTransaction = {
  selector: "MemberExpression[object.type='Identifier'][object.name='tx']",
  message: 'A service hands tx on to a repository and never uses it itself: SQL lives in repositories.',
};

/** `npm test` joins suites into files, and one such test would skip those of seven other suites. */
const onlyOneTest = ['describe', 'it', 'test'].map((object) => ({
  object,
  property: 'only',
  message: 'Run one test with `npm run test:jest -- <path> -t <title>`.',
}));

const httpExceptions = [
  ...['HttpException', 'BadGatewayException', 'BadRequestException', 'ConflictException'],
  ...['ForbiddenException', 'GatewayTimeoutException', 'GoneException', 'HttpVersionNotSupportedException'],
  ...[
    'ImATeapotException',
    'InternalServerErrorException',
    'MethodNotAllowedException',
    'MisdirectedException',
  ],
  ...['NotAcceptableException', 'NotFoundException', 'NotImplementedException', 'PayloadTooLargeException'],
  ...['PreconditionFailedException', 'RequestTimeoutException', 'ServiceUnavailableException'],
  ...['UnauthorizedException', 'UnprocessableEntityException', 'UnsupportedMediaTypeException', 'HttpStatus'],
];
const processEnvironment = {
  name: 'node:process',
  importNames: ['env', 'default'],
  message: 'Only libs/config/config.ts reads the environment.',
};
const restrictedEverywhere = [
  processEnvironment,
  { ...processEnvironment, name: 'process' },
  {
    name: 'express',
    allowTypeImports: true,
    message: 'Express comes inside @nestjs/platform-express: at run time this import would fail.',
  },
];

/** Names in TypeScript, but for properties; `format: null` leaves alone what is spelled by others. */
const naming = [
  { selector: 'default', format: ['camelCase'], leadingUnderscore: 'allow' },
  { selector: 'import', format: null },
  { selector: 'variable', format: ['camelCase', 'PascalCase', 'UPPER_CASE'] },
  { selector: 'variable', modifiers: ['destructured'], format: null },
  { selector: 'function', format: ['camelCase', 'PascalCase'] },
  { selector: 'typeLike', format: ['PascalCase'] },
  { selector: 'enumMember', format: ['PascalCase'] },
  { selector: ['property', 'method'], modifiers: ['requiresQuotes'], format: null },
];
const properties = { selector: 'property', format: ['camelCase', 'PascalCase', 'UPPER_CASE'] };

export default defineConfig(
  globalIgnores(['coverage/', '**/dist/', '.dist-*/', '.data/', 'clients/typescript/src/schema.ts']),
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    name: 'all TypeScript',
    files: ['**/*.{ts,tsx}'],
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'object-shorthand': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
      'no-restricted-syntax': ['error', tooManyConstructorParameters],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: processEnvironment.message },
      ],
      'no-restricted-imports': ['error', { paths: restrictedEverywhere }],
      // The rule knows that decorated classes need their imports at run time and leaves those files alone.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/naming-convention': ['error', ...naming, properties],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unsafe-type-assertion': 'error',
      // Nest and TypeORM declare their options as classes and take literals.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // A Nest module is a class without members: its decorator says it all.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Stubs, lifecycle hooks and interfaces ask for a promise where nothing is awaited.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    name: 'libs know no HTTP',
    files: ['libs/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            ...restrictedEverywhere,
            {
              name: '@nestjs/common',
              importNames: httpExceptions,
              message: 'Throw a DomainError: problem.filter.ts of the API knows the status code.',
            },
          ],
        },
      ],
    },
  },
  {
    name: 'services know no SQL',
    files: ['**/*.service.ts'],
    rules: { 'no-restricted-syntax': ['error', tooManyConstructorParameters, serviceUsesTransaction] },
  },
  {
    name: 'keys spelled by others',
    files: SNAKE_CASE_KEY_HOMES,
    rules: {
      '@typescript-eslint/naming-convention': [
        'error',
        ...naming,
        properties,
        { selector: 'objectLiteralProperty', format: null },
      ],
    },
  },
  {
    name: 'homes of snake_case',
    files: SNAKE_CASE_HOMES,
    rules: {
      '@typescript-eslint/naming-convention': ['error', ...naming, { selector: 'property', format: null }],
    },
  },
  {
    name: 'the one reader of the environment',
    files: ['libs/config/config.ts', ...TESTS],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' },
  },
  {
    name: 'programs that talk to a terminal',
    files: ['apps/standalone/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    name: 'tests',
    files: TESTS,
    rules: {
      'no-restricted-properties': ['error', ...onlyOneTest],
      'no-restricted-globals': ['error', 'fdescribe', 'fit'],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    name: 'response bodies are any',
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-type-assertion': 'off',
    },
  },
  {
    name: 'peers follow the documentation of their frameworks and use the names on the wire',
    files: ['bench/peers/**/*.ts'],
    rules: { '@typescript-eslint/naming-convention': 'off', '@typescript-eslint/return-await': 'off' },
  },
  {
    name: 'configuration files, not part of the TypeScript project',
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
  },
);
