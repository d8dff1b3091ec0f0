import {
  call,
  CREDENTIALS,
  logIn,
  sendInvalidText,
  type ProblemCase,
  type ProblemResponse,
} from './problem-case.js';
import type { ProblemContext } from './problem-context.js';

const LOG_IN = 'POST /api/v1/auth/token';
const MAX_FAILURES = 10;
/** More than the API checks and queues. */
const TOO_MANY_LOGINS = 110;

/** The problems of the login alone. */
export const LOGIN_PROBLEMS: ProblemCase[] = [
  [LOG_IN, '400 bad_request', ({ app }) => sendInvalidText(app, LOG_IN)],
  [LOG_IN, '413 payload_too_large', ({ guest }) => logIn(guest, 'x'.repeat(102_401))],
  [LOG_IN, '415 unsupported_media_type', ({ guest }) => call(guest, LOG_IN, { body: CREDENTIALS })],
  [LOG_IN, '422 invalid_request', ({ guest }) => logIn(guest, { username: 'ana@example.com' })],
  [LOG_IN, '401 incorrect_credentials', ({ guest }) => logIn(guest, wrongPasswordOf('ana@example.com'))],
  [LOG_IN, '429 too_many_failed_logins', failTooOften],
  [LOG_IN, '503 logins_busy', logInTooOften],
];

function wrongPasswordOf(username: string): object {
  return { username, password: 'wrong' };
}

async function failTooOften({ guest }: ProblemContext): Promise<ProblemResponse> {
  const attempt = wrongPasswordOf('ben@example.com');
  for (let failures = 0; failures < MAX_FAILURES; failures += 1) await logIn(guest, attempt).expect(401);
  return logIn(guest, attempt);
}

async function logInTooOften({ guest }: ProblemContext): Promise<ProblemResponse> {
  const attempts = Array.from({ length: TOO_MANY_LOGINS }, () => logIn(guest, CREDENTIALS));
  const refused = (await Promise.all(attempts)).find(({ status }) => status !== 200);
  if (!refused) throw new Error('All logins succeeded');
  return refused;
}
