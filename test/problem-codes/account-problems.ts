import type { Test } from 'supertest';
import { HashingQueue } from '#users';
import { call, type ProblemCase, type ProblemResponse } from './problem-case.js';
import type { ProblemContext } from './problem-context.js';

const REGISTER = 'POST /api/v1/auth/register';
const CHANGE_PASSWORD = 'POST /api/v1/auth/password';
const CREATE = 'POST /api/v1/admin/users';
const READ = 'GET /api/v1/admin/users/{id}';
const UPDATE = 'PATCH /api/v1/admin/users/{id}';

const MAX_FAILURES = 10;
const MAX_REGISTRATIONS = 20;
/** What the API hashes and queues of one client. */
const MAX_HASHES = 20;
const ADDRESS = '127.0.0.1';

const PASSWORD = 'three blue cups of tea';
const TAKEN = { email: 'customer@example.com', password: PASSWORD };
const SHORT_PASSWORD = { email: 'ana@example.com', password: 'short' };
const WRONG_PASSWORD = { current_password: 'a guess', new_password: PASSWORD };

/** The problems of accounts and of the users desk alone. */
export const ACCOUNT_PROBLEMS: ProblemCase[] = [
  [REGISTER, '400 bad_request', (context) => register(context, '{')],
  [REGISTER, '413 payload_too_large', (context) => register(context, 'x'.repeat(32_769))],
  [
    REGISTER,
    '415 unsupported_media_type',
    ({ guest }) => call(guest, REGISTER, { body: 'ana' }).type('text'),
  ],
  [REGISTER, '422 invalid_request', (context) => register(context, { email: 'ana' })],
  [REGISTER, '422 password_refused', (context) => register(context, SHORT_PASSWORD)],
  [REGISTER, '409 email_taken', (context) => register(context, TAKEN)],
  [REGISTER, '503 logins_busy', (context) => whileHashing(context, ADDRESS, () => register(context, TAKEN))],
  [REGISTER, '429 too_many_registrations', registerTooOften],
  [CHANGE_PASSWORD, '422 invalid_request', (context) => changePassword(context, {})],
  [
    CHANGE_PASSWORD,
    '422 password_refused',
    (context) => changePassword(context, { current_password: 'x', new_password: 'short' }),
  ],
  [
    CHANGE_PASSWORD,
    '503 logins_busy',
    (context) => whileHashing(context, ADDRESS, () => changePassword(context, WRONG_PASSWORD)),
  ],
  [CHANGE_PASSWORD, '401 incorrect_credentials', (context) => changePassword(context, WRONG_PASSWORD)],
  [CHANGE_PASSWORD, '429 too_many_failed_logins', guessTooOften],
  [CREATE, '422 invalid_request', (context) => create(context, { email: 'ana' })],
  [CREATE, '422 password_refused', (context) => create(context, SHORT_PASSWORD)],
  [CREATE, '409 email_taken', (context) => create(context, TAKEN)],
  [
    CREATE,
    '503 logins_busy',
    (context) => whileHashing(context, context.manager.id, () => create(context, TAKEN)),
  ],
  [READ, '404 user_not_found', ({ manager }) => call(manager, READ)],
  [UPDATE, '404 user_not_found', ({ manager }) => call(manager, UPDATE, { body: {} })],
  [UPDATE, '409 last_manager', demoteLastManager],
  [UPDATE, '412 precondition_failed', updateStale],
];

function register({ guest }: ProblemContext, body: object | string): Test {
  return call(guest, REGISTER, { body });
}

function changePassword({ customer }: ProblemContext, body: object): Test {
  return call(customer, CHANGE_PASSWORD, { body });
}

function create({ manager }: ProblemContext, body: object): Test {
  return call(manager, CREATE, { body: { ...body, role: 'barista' } });
}

/** Sends a request while as many hashes of its client run and wait as may. */
async function whileHashing(
  { app }: ProblemContext,
  client: string,
  send: () => Test,
): Promise<ProblemResponse> {
  const hashing = app.api.get(HashingQueue, { strict: false });
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const hashes = Array.from({ length: MAX_HASHES }, () => hashing.run(client, () => ended));
  const response = await send();
  end();
  await Promise.all(hashes);
  return response;
}

async function registerTooOften(context: ProblemContext): Promise<ProblemResponse> {
  for (let attempts = 0; attempts < MAX_REGISTRATIONS; attempts += 1) await register(context, SHORT_PASSWORD);
  return register(context, SHORT_PASSWORD);
}

async function guessTooOften(context: ProblemContext): Promise<ProblemResponse> {
  for (let failures = 0; failures < MAX_FAILURES; failures += 1)
    await changePassword(context, WRONG_PASSWORD);
  return changePassword(context, WRONG_PASSWORD);
}

async function demoteLastManager({ app, manager }: ProblemContext): Promise<ProblemResponse> {
  const setOthers = (disabled: boolean): Promise<unknown> =>
    app.database.query(`UPDATE users SET disabled = $1 WHERE role = 'manager' AND id <> $2`, [
      disabled,
      manager.id,
    ]);
  await setOthers(true);
  const response = await call(manager, UPDATE, { id: manager.id, body: { role: 'barista' } });
  await setOthers(false);
  return response;
}

async function updateStale({ customer, manager }: ProblemContext): Promise<ProblemResponse> {
  return call(manager, UPDATE, { id: customer.id, body: {} }).set('If-Match', '"stale"');
}
