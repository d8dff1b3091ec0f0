import { call, logIn, sendForm, sendInvalidText, type ProblemCase } from './problem-case.js';

const LOG_IN = 'POST /api/v1/auth/token';
const REVOKE = 'POST /api/v1/auth/revoke';
const REFRESH = { grant_type: 'refresh_token' };

/** The problems of refresh tokens. */
export const SESSION_PROBLEMS: ProblemCase[] = [
  [LOG_IN, '400 invalid_request', ({ guest }) => logIn(guest, REFRESH)],
  [LOG_IN, '400 invalid_grant', ({ guest }) => logIn(guest, { ...REFRESH, refresh_token: 'unknown' })],
  [REVOKE, '400 bad_request', ({ app }) => sendInvalidText(app, REVOKE)],
  [REVOKE, '400 invalid_request', ({ guest }) => sendForm(guest, REVOKE, {})],
  [REVOKE, '413 payload_too_large', ({ guest }) => sendForm(guest, REVOKE, 'x'.repeat(102_401))],
  [REVOKE, '415 unsupported_media_type', ({ guest }) => call(guest, REVOKE, { body: { token: 'unknown' } })],
  [REVOKE, '422 invalid_request', ({ guest }) => sendForm(guest, REVOKE, 'token=one&token=two')],
];
