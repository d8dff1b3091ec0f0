import { ROLES } from '#users';
import { ACCESS, type Allowed } from '../../apps/api/auth/access.js';
import { PUBLIC_ROUTES } from '../openapi/routes.js';
import { call, CREDENTIALS, logIn, sendForm, type ProblemCase } from './problem-case.js';

const REVOKE = 'POST /api/v1/auth/revoke';
const LISTS = [
  'GET /api/v1/orders',
  'GET /api/v1/admin/users',
  'GET /api/v1/admin/orders',
  'GET /api/v1/admin/placements',
  'GET /api/v1/admin/refunds',
  'GET /api/v1/admin/notifications',
  'GET /api/v1/admin/audit',
];
/** The operations that need a token, each with the roles that may call it. */
const WITH_ROLES = Object.entries<Allowed>(ACCESS).flatMap(([route, allowed]) =>
  allowed === 'everyone' ? [] : [{ operation: route.replace(' ', ' /api/v1'), allowed }],
);
const PROTECTED = WITH_ROLES.map(({ operation }) => operation);
const WITH_ID = PROTECTED.filter((operation) => /\{(id|date)\}/.test(operation));
const WITHOUT_BODY = ['POST /api/v1/admin/notifications/{id}/redrive', 'POST /api/v1/auth/stream-ticket'];
const WITH_JSON_BODY = PROTECTED.filter(
  (operation) => /^(POST|PATCH|PUT)/.test(operation) && !WITHOUT_BODY.includes(operation),
);
const WITH_MALFORMED_PATH = WITH_ID.filter((operation) => !WITH_JSON_BODY.includes(operation));

const TOO_LONG = 'x'.repeat(131_073);

/** The problems that several operations have in common. */
export const COMMON_PROBLEMS: ProblemCase[] = [
  ...casesOf('401 not_authenticated', PROTECTED, ({ guest }, operation) => call(guest, operation)),
  ...casesOf('401 invalid_token', PROTECTED, ({ intruder }, operation) => call(intruder, operation)),
  ...WITH_ROLES.flatMap(({ operation, allowed }) => {
    const refused = ROLES.find((role) => !allowed.includes(role));
    if (!refused) return [];
    return casesOf('403 insufficient_permissions', [operation], (context) =>
      call(context[refused], operation),
    );
  }),
  ...casesOf('422 invalid_request', LISTS, ({ manager }, operation) =>
    call(manager, operation, { query: '?limit=0' }),
  ),
  ...casesOf('422 invalid_request', WITH_ID, ({ manager }, operation) =>
    call(manager, operation, { id: 'latte' }),
  ),
  ...casesOf('400 bad_request', WITH_MALFORMED_PATH, ({ manager }, operation) =>
    call(manager, operation, { id: '%zz' }),
  ),
  ...casesOf('400 bad_request', WITH_JSON_BODY, ({ manager }, operation) =>
    call(manager, operation, { body: '{' }),
  ),
  ...casesOf('413 payload_too_large', WITH_JSON_BODY, ({ manager }, operation) =>
    call(manager, operation, { body: TOO_LONG }),
  ),
  ...casesOf('415 unsupported_media_type', WITH_JSON_BODY, ({ manager }, operation) =>
    call(manager, operation, { body: 'latte' }).type('text'),
  ),
];

/** The problems while the database cannot be reached. */
export const DATABASE_PROBLEMS: ProblemCase[] = [
  ['GET /health/ready', '503 not_ready', ({ guest }) => call(guest, 'GET /health/ready')],
  ...casesOf(
    '503 database_unavailable',
    ['GET /api/v1/menu', 'GET /api/v1/shop', ...PROTECTED],
    ({ newManager }, operation) => call(newManager, operation),
  ),
  ['POST /api/v1/auth/token', '503 database_unavailable', ({ guest }) => logIn(guest, CREDENTIALS)],
  [
    'POST /api/v1/auth/register',
    '503 database_unavailable',
    ({ guest }) =>
      call(guest, 'POST /api/v1/auth/register', { body: { email: 'a@example.com', password: '' } }),
  ],
  [REVOKE, '503 database_unavailable', ({ guest }) => sendForm(guest, REVOKE, { token: 'unknown' })],
];

/** The problems during the shutdown. */
export const SHUTDOWN_PROBLEMS = casesOf(
  '503 shutting_down',
  [...PUBLIC_ROUTES, ...PROTECTED],
  ({ guest }, operation) => call(guest, operation),
);

function casesOf(
  problem: string,
  operations: string[],
  provoke: (...args: [...Parameters<ProblemCase[2]>, operation: string]) => ReturnType<ProblemCase[2]>,
): ProblemCase[] {
  return operations.map((operation) => [operation, problem, (context) => provoke(context, operation)]);
}
