import { randomUUID } from 'node:crypto';
import {
  badRequests,
  lineWith,
  orderWith,
  orderWithHeaders,
  type BadRequest,
  type BadRequestRow,
  type RequestBuilder,
} from '../bad-request.js';
import type { FuzzContext } from '../fuzz-context.js';

const KEY = 'Idempotency-Key';
const INVALID = 'invalid_idempotency_key';
const validOrder = orderWith({});

function key(value: string): RequestBuilder {
  return orderWithHeaders([KEY, value]);
}

/** Sends both requests with one new key. */
function reusedKey(
  title: string,
  request: RequestBuilder,
  status: number,
  precededBy = validOrder,
): BadRequestRow {
  const value = randomUUID();
  const withKey =
    (build: RequestBuilder): RequestBuilder =>
    (context) => ({ ...build(context), headers: [[KEY, value]] });
  return [title, withKey(request), status, { precededBy: withKey(precededBy) }];
}

function rawWithKey(value: string): (context: FuzzContext) => string {
  return (context) => {
    const body = JSON.stringify(context.validOrder);
    return [
      'POST /api/v1/orders HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/json',
      'Connection: close',
      `Content-Length: ${body.length}`,
      `${KEY}: ${value}`,
      '',
      body,
    ].join('\r\n');
  };
}

/** Invalid, unusual and reused keys. */
export const IDEMPOTENCY_KEYS: BadRequest[] = badRequests([
  ['an empty key', key(''), 400, INVALID],
  ['a key of spaces', key('   '), 400, INVALID],
  ['a key of 256 characters', key('k'.repeat(256)), 400, INVALID],
  ['a key of 255 characters', key('k'.repeat(255)), 201],
  ['a key of 17 KB', key('k'.repeat(17_000)), 431],
  ['a key in Latin-1', key('caf\u00e9'), 400, INVALID],
  ['a key with a tab', key('a\tb'), 400, INVALID],
  ['a key with NUL', () => ({}), 400, { rawBytes: rawWithKey('a\0b') }],
  ['a key with a line break', () => ({}), 400, { rawBytes: rawWithKey('a\rSet-Cookie: b') }],
  ['the same key twice', orderWithHeaders([KEY, 'a'], [KEY, 'a']), 400, INVALID],
  ['two keys', orderWithHeaders([KEY, 'a'], [KEY, 'b']), 400, INVALID],
  ['a key with a comma', key('with, a comma'), 201],
  ['a key in quotes', key('"quoted"'), 201],
  ['a key with an unbalanced quote', key('"half'), 201],
  [
    'an empty key on a GET request',
    ({ waitingOrderId }) => ({
      method: 'GET',
      path: `/api/v1/orders/${waitingOrderId}`,
      headers: [[KEY, '']],
    }),
    200,
  ],
  reusedKey(
    "another customer's key",
    (context) => ({ ...validOrder(context), as: context.otherCustomer }),
    201,
  ),
  reusedKey('a used key with another body', lineWith({ quantity: 2 }), 422),
  reusedKey(
    'a used key with the same body in another format',
    ({ validOrder: { items } }) => ({ body: `{ "items" : ${JSON.stringify(items)} }` }),
    200,
  ),
  reusedKey('a key of a request that got 422', validOrder, 201, lineWith({ quantity: 0 })),
  reusedKey('a key of a request with a total mismatch', validOrder, 201, orderWith({ total_cents: 1 })),
]);
