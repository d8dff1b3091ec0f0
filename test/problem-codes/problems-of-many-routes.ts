import { call, CREDENTIALS, logIn, sendForm, type ProblemCase } from './problem-case.js';

const REVOKE = 'POST /api/v1/auth/revoke';
const PUBLIC = [
  'GET /',
  'GET /health/live',
  'GET /health/ready',
  'GET /api/v1/menu',
  'POST /api/v1/auth/token',
  REVOKE,
];
const OWN_ORDERS = 'GET /api/v1/orders';
const FOR_CUSTOMERS = [
  OWN_ORDERS,
  'POST /api/v1/orders',
  'GET /api/v1/orders/{id}',
  'GET /api/v1/orders/{id}/timeline',
  'POST /api/v1/orders/{id}/cancel',
  'GET /api/v1/orders/{id}/refunds',
  'GET /api/v1/orders/{id}/refunds/{refund_id}',
];
const MANAGERS_LISTS = [
  'GET /api/v1/admin/orders',
  'GET /api/v1/admin/placements',
  'GET /api/v1/admin/refunds',
  'GET /api/v1/admin/notifications',
];
const LISTS = [OWN_ORDERS, ...MANAGERS_LISTS];
const FOR_MANAGERS = [
  ...MANAGERS_LISTS,
  'PATCH /api/v1/orders/{id}/status',
  'POST /api/v1/orders/{id}/refunds',
  'POST /api/v1/admin/products',
  'GET /api/v1/admin/products/{id}',
  'PATCH /api/v1/admin/products/{id}',
  'DELETE /api/v1/admin/products/{id}',
  'GET /api/v1/admin/placements/{id}',
  'POST /api/v1/admin/placements/{id}/resolve',
  'POST /api/v1/admin/refunds/{id}/resolve',
  'POST /api/v1/admin/notifications/redrive',
  'POST /api/v1/admin/notifications/{id}/redrive',
];
const PROTECTED = [...FOR_CUSTOMERS, ...FOR_MANAGERS];
const WITH_ID = PROTECTED.filter((operation) => operation.includes('{id}'));
const WITHOUT_BODY = ['POST /api/v1/admin/notifications/{id}/redrive'];
const WITH_JSON_BODY = PROTECTED.filter(
  (operation) => /^(POST|PATCH)/.test(operation) && !WITHOUT_BODY.includes(operation),
);
const WITH_MALFORMED_PATH = WITH_ID.filter((operation) => !WITH_JSON_BODY.includes(operation));

const TOO_LONG = 'x'.repeat(131_073);

/** The problems that several operations have in common. */
export const COMMON_PROBLEMS: ProblemCase[] = [
  ...casesOf('401 not_authenticated', PROTECTED, ({ guest }, operation) => call(guest, operation)),
  ...casesOf('401 invalid_token', PROTECTED, ({ intruder }, operation) => call(intruder, operation)),
  ...casesOf('403 insufficient_permissions', FOR_MANAGERS, ({ customer }, operation) =>
    call(customer, operation),
  ),
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
  ...casesOf('503 database_unavailable', ['GET /api/v1/menu', ...PROTECTED], ({ newManager }, operation) =>
    call(newManager, operation),
  ),
  ['POST /api/v1/auth/token', '503 database_unavailable', ({ guest }) => logIn(guest, CREDENTIALS)],
  [REVOKE, '503 database_unavailable', ({ guest }) => sendForm(guest, REVOKE, { token: 'unknown' })],
];

/** The problems during the shutdown. */
export const SHUTDOWN_PROBLEMS = casesOf(
  '503 shutting_down',
  [...PUBLIC, ...PROTECTED],
  ({ guest }, operation) => call(guest, operation),
);

function casesOf(
  problem: string,
  operations: string[],
  provoke: (...args: [...Parameters<ProblemCase[2]>, operation: string]) => ReturnType<ProblemCase[2]>,
): ProblemCase[] {
  return operations.map((operation) => [operation, problem, (context) => provoke(context, operation)]);
}
