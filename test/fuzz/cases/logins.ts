import { badRequests, type BadRequest, type RequestBuilder } from '../bad-request.js';

const EMAIL = 'username=customer%40example.com';
const FORM = 'application/x-www-form-urlencoded';

function form(body: string, type = FORM): RequestBuilder {
  return () => ({ as: null, path: '/api/v1/auth/token', body, headers: [['Content-Type', type]] });
}

/** Login forms. */
export const LOGINS: BadRequest[] = badRequests([
  ['no username', form('password=customer123'), 422, 'username'],
  ['no password', form(EMAIL), 422, 'password'],
  ['an empty password', form(`${EMAIL}&password=`), 422, 'password'],
  [
    'JSON instead of a form',
    form('{"username":"customer@example.com","password":"customer123"}', 'application/json'),
    415,
  ],
  ['a password of 1,025 characters', form(`${EMAIL}&password=${'x'.repeat(1_025)}`), 422, 'password'],
  ['a password with NUL', form(`${EMAIL}&password=customer123%00`), 422, 'password'],
  ['an email in capitals', form('username=CUSTOMER%40EXAMPLE.COM&password=customer123'), 200],
  ['a wrong password', form(`${EMAIL}&password=customer124`), 401, 'Incorrect email or password'],
  ['two usernames', form(`${EMAIL}&username=x&password=customer123`), 422, 'username'],
  [
    'another grant type',
    form(`${EMAIL}&password=customer123&grant_type=client_credentials`),
    422,
    'grant_type',
  ],
  ['a role', form(`${EMAIL}&password=customer123&role=manager`), 200],
  ['__proto__', form(`${EMAIL}&password=customer123&__proto__=x`), 200],
  ['2,000 unknown fields', form(`${EMAIL}&password=customer123&${'x=1&'.repeat(2_000)}`), 200],
]);
