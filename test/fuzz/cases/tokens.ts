import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { sign } from '../../support/token.js';
import {
  ABSENT,
  badRequests,
  orderWithHeaders,
  type BadRequest,
  type BadRequestRow,
  type RequestBuilder,
} from '../bad-request.js';
import { JWT_SECRET, type FuzzContext } from '../fuzz-context.js';

const now = Math.floor(Date.now() / 1000);
const INVALID = 'Could not validate credentials';
const MISSING = 'Not authenticated';
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PUBLIC_KEY = publicKey.export({ type: 'spki', format: 'pem' }).toString();

function claims({ customer }: FuzzContext): object {
  return { sub: customer.id, role: 'customer', iat: now, exp: now + 600 };
}

function authorization(value: string): RequestBuilder {
  return orderWithHeaders(['Authorization', value]);
}

/** A customer's token with changed claims. */
function token(title: string, changes: object, secret = JWT_SECRET, algorithm = 'HS256'): BadRequestRow {
  return [
    title,
    (context) => {
      const jwt = sign({ ...claims(context), ...changes }, secret, algorithm);
      return authorization(`Bearer ${jwt}`)(context);
    },
    401,
    INVALID,
  ];
}

function withJwtHeader(extra: object): RequestBuilder {
  return (context) => {
    const content = [{ alg: 'HS256', typ: 'JWT', ...extra }, claims(context)]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return authorization(`Bearer ${content}.${'x'.repeat(43)}`)(context);
  };
}

export const TOKENS: BadRequest[] = badRequests([
  ['no Authorization header', authorization(ABSENT), 401, MISSING],
  ['Bearer without a token', authorization('Bearer'), 401, INVALID],
  ['Basic authentication', authorization('Basic Y3VzdG9tZXI6MTIz'), 401, MISSING],
  ['a token that is not a JWT', authorization('Bearer x.y.z'), 401, INVALID],
  token('algorithm none', {}, '', 'none'),
  token('algorithm nOnE', {}, '', 'nOnE'),
  token('another secret', {}, `${JWT_SECRET}!`),
  token('a public key as the secret', {}, PUBLIC_KEY, 'RS256'),
  token('HS384', {}, JWT_SECRET, 'HS384'),
  token('HS512', {}, JWT_SECRET, 'HS512'),
  token('an expired token', { exp: now - 1 }),
  token('a token that is not valid yet', { nbf: now + 600 }),
  token('no exp', { exp: undefined }),
  token('exp as a string', { exp: String(now + 600) }),
  token('no sub', { sub: undefined }),
  token('a sub that is not a UUID', { sub: 'ana' }),
  token('an unknown user', { sub: randomUUID() }),
  token('a changed role with a wrong signature', { role: 'manager' }, `${JWT_SECRET}!`),
  token('a role that the user does not have', { role: 'manager' }),
  token('an unknown role', { role: 'owner' }),
  [
    'a key id with a path',
    withJwtHeader({ kid: '../../etc/passwd', jku: 'https://example.com/keys' }),
    401,
    INVALID,
  ],
  ['a token of 10 KB', authorization(`Bearer ${'x'.repeat(10_000)}`), 401, INVALID],
  [
    'two Authorization headers',
    ({ validOrder, customer }) => ({
      json: validOrder,
      headers: [
        ['Authorization', 'Bearer x.y.z'],
        ['Authorization', `Bearer ${customer.token ?? ''}`],
      ],
    }),
    401,
    INVALID,
  ],
  [
    'text after the token',
    (context) => authorization(`Bearer ${context.customer.token ?? ''} x`)(context),
    401,
    INVALID,
  ],
  [
    'a token in the query',
    ({ validOrder, customer }) => ({
      as: null,
      json: validOrder,
      path: `/api/v1/orders?access_token=${customer.token ?? ''}`,
    }),
    401,
    MISSING,
  ],
  [
    'a customer on a route for managers',
    () => ({ method: 'GET', path: '/api/v1/admin/orders' }),
    403,
    'Insufficient permissions',
  ],
]);
