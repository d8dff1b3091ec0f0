import { badRequests, type BadRequest, type RequestBuilder } from '../bad-request.js';

const FORM = 'application/x-www-form-urlencoded';
const GRANT = 'grant_type=refresh_token';

function form(route: string, body: string): RequestBuilder {
  return () => ({ as: null, path: `/api/v1/auth/${route}`, body, headers: [['Content-Type', FORM]] });
}

/** Forms with a refresh token, of a refresh and of a revocation. */
export const REFRESH_TOKENS: BadRequest[] = badRequests([
  ['no refresh token', form('token', GRANT), 400, '"error":"invalid_request"'],
  ['an unknown refresh token', form('token', `${GRANT}&refresh_token=x`), 400, '"error":"invalid_grant"'],
  ['30,000 characters', form('token', `${GRANT}&refresh_token=${'x'.repeat(30_000)}`), 400, 'invalid_grant'],
  ['two refresh tokens', form('token', `${GRANT}&refresh_token=x&refresh_token=y`), 422, 'refresh_token'],
  ['a refresh token with NUL', form('token', `${GRANT}&refresh_token=x%00`), 422, 'refresh_token'],
  ['a refresh token without its grant type', form('token', 'refresh_token=x'), 422, 'username'],
  ['a username of any kind', form('token', `${GRANT}&refresh_token=x&username=`), 400, 'invalid_grant'],
  ['two scopes', form('token', 'username=x&password=y&scope=offline_access&scope=x'), 422, 'scope'],
  ['no token to revoke', form('revoke', 'token_type_hint=access_token'), 400, '"error":"invalid_request"'],
  ['two tokens to revoke', form('revoke', 'token=x&token=y'), 422, 'token'],
  ['a token to revoke with NUL', form('revoke', 'token=x%00'), 422, 'token'],
  ['an unknown token to revoke', form('revoke', 'token=x&token_type_hint=x&token_type_hint=y'), 200],
]);
