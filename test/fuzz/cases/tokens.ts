import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { ABSENT, rows, type BadRequest, type RequestBuilder } from '../bad-request.js';
import { sign } from '../../support/token.js';
import { JWT_SECRET, type FuzzContext } from '../fuzz-context.js';

const now = Math.floor(Date.now() / 1000);
const FRESH = { iat: now, exp: now + 600 };
const WHO = 'Could not validate credentials';
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

function header(value: string): RequestBuilder {
  return (context) => ({ json: context.validOrder, headers: [['Authorization', value]] });
}

/** A token of the customer's whose claims are changed, signed rightly unless said otherwise. */
function token(change: object, secret = JWT_SECRET, algorithm = 'HS256'): RequestBuilder {
  return (context) => header(`Bearer ${sign({ ...claims(context), ...change }, secret, algorithm)}`)(context);
}

function claims({ customer }: FuzzContext): object {
  return { sub: customer.id, role: 'customer', ...FRESH };
}

function withHeaderOf(extra: object): RequestBuilder {
  return (context) => {
    const content = [{ alg: 'HS256', typ: 'JWT', ...extra }, claims(context)]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return header(`Bearer ${content}.${'x'.repeat(43)}`)(context);
  };
}

/** Who a request says that it is from. */
export const TOKENS: BadRequest[] = rows(120, [
  ['no Authorization', header(ABSENT), 401, 'Not authenticated'],
  ['Bearer and nothing', header('Bearer'), 401, WHO],
  ['Basic', header('Basic Y3VzdG9tZXI6MTIz'), 401, 'Not authenticated'],
  ['garbage', header('Bearer x.y.z'), 401, WHO],
  ['alg none', token({}, '', 'none'), 401, WHO],
  ['alg nOnE', token({}, '', 'nOnE'), 401, WHO],
  ['another secret', token({}, `${JWT_SECRET}!`), 401, WHO],
  [
    'a public key for a secret',
    token({}, publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'RS256'),
    401,
    WHO,
  ],
  ['HS384', token({}, JWT_SECRET, 'HS384'), 401, WHO],
  ['HS512', token({}, JWT_SECRET, 'HS512'), 401, WHO],
  ['an expired token', token({ exp: now - 1 }), 401, WHO],
  ['a token for later', token({ nbf: now + 600 }), 401, WHO],
  ['no exp', token({ exp: undefined }), 401, WHO],
  ['no sub', token({ sub: undefined }), 401, WHO],
  ['a sub that is no UUID', token({ sub: 'ana' }), 401, WHO],
  ['a user who is gone', token({ sub: randomUUID() }), 401, WHO],
  ['a role that was edited', token({ role: 'manager' }, `${JWT_SECRET}!`), 401, WHO],
  ["a role that is not the user's", token({ role: 'manager' }), 401, WHO],
  ['an unknown role', token({ role: 'owner' }), 401, WHO],
  [
    'a key id with a path',
    withHeaderOf({ kid: '../../etc/passwd', jku: 'https://example.com/keys' }),
    401,
    WHO,
  ],
  ['a token of 10 KB', header(`Bearer ${'x'.repeat(10_000)}`), 401, WHO],
  [
    'two Authorizations',
    (context) => ({
      json: context.validOrder,
      headers: [
        ['Authorization', 'Bearer x.y.z'],
        ['Authorization', `Bearer ${context.customer.token ?? ''}`],
      ],
    }),
    401,
    WHO,
  ],
  [
    'a token and something after it',
    (context) => header(`Bearer ${context.customer.token ?? ''} x`)(context),
    401,
    WHO,
  ],
  [
    'a token in the query',
    (context) => ({
      as: null,
      json: context.validOrder,
      path: `/api/v1/orders?access_token=${context.customer.token ?? ''}`,
    }),
    401,
    'Not authenticated',
  ],
  ['an exp as text', token({ exp: String(now + 600) }), 401, WHO],
  [
    'a customer where a manager is asked for',
    () => ({ method: 'GET', path: '/api/v1/admin/orders' }),
    403,
    'Insufficient permissions',
  ],
]);
