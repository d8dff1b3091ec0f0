import { randomUUID } from 'node:crypto';
import { line, order, rows, withHeaders, type BadRequest, type RequestBuilder } from '../bad-request.js';

const KEY = 'Idempotency-Key';
const INVALID = 'invalid_idempotency_key';

function key(value: string): RequestBuilder {
  return withHeaders([KEY, value]);
}

/** Sends this with a key that was used before for `first`. */
function reused(
  request: RequestBuilder,
  status: number,
  first: RequestBuilder = (context) => ({ json: context.validOrder }),
): [RequestBuilder, number, Partial<BadRequest>] {
  const name: [string, string] = [KEY, randomUUID()];
  const keyed =
    (making: RequestBuilder): RequestBuilder =>
    (context) => ({ ...making(context), headers: [name] });
  return [keyed(request), status, { first: keyed(first) }];
}

const good: RequestBuilder = (context) => ({ json: context.validOrder });

/** Keys that are wrong, unusual or used. */
export const IDEMPOTENCY_KEYS: BadRequest[] = [
  ...rows(79, [
    ['an empty key', key(''), 400, INVALID],
    ['blanks for a key', key('   '), 400, INVALID],
    ['a key of 256 characters', key('k'.repeat(256)), 400, INVALID],
    ['a key of 255 characters', key('k'.repeat(255)), 201],
    ['a key of 17 KB', key('k'.repeat(17_000)), 431],
    ['a key in Latin-1', key('caf\u00e9'), 400, INVALID],
    ['a key with a tab inside', key('a\tb'), 400, INVALID],
    [
      'a key with a NUL inside',
      good,
      400,
      { raw: ({ validOrder }) => rawWithKey('a\0b', JSON.stringify(validOrder)) },
    ],
    ['the same key twice', withHeaders([KEY, 'a'], [KEY, 'a']), 400, INVALID],
    ['two keys', withHeaders([KEY, 'a'], [KEY, 'b']), 400, INVALID],
    ['a key with a comma', key('with, a comma'), 201],
    ['a key in quotes', key('"quoted"'), 201],
    ['half a quote', key('"half'), 201],
  ]),
  ...rows(93, [
    [
      'a key where none is looked for',
      ({ waitingOrderId }) => ({
        method: 'GET',
        path: `/api/v1/orders/${waitingOrderId}`,
        headers: [[KEY, '']],
      }),
      200,
    ],
    ["another customer's key", ...ofAnother()],
    ['a key with another body', ...reused(line({ quantity: 2 }), 422)],
    [
      'a key with the same body, written otherwise',
      ...reused(({ validOrder: { items } }) => ({ body: `{ "items" : ${JSON.stringify(items)} }` }), 200),
    ],
    ['a key after a 422', ...reused(good, 201, line({ quantity: 0 }))],
    ['a key after another total', ...reused(good, 201, order({ total_cents: 1 }))],
  ]),
  ...rows(101, [
    [
      'a line break in a key',
      good,
      400,
      { raw: ({ validOrder }) => rawWithKey('a\rSet-Cookie: b', JSON.stringify(validOrder)) },
    ],
  ]),
];

function ofAnother(): [RequestBuilder, number, Partial<BadRequest>] {
  const headers: [string, string][] = [[KEY, randomUUID()]];
  return [
    (context) => ({ as: context.otherCustomer, json: context.validOrder, headers }),
    201,
    { first: (context) => ({ json: context.validOrder, headers }) },
  ];
}

function rawWithKey(value: string, body: string): string {
  return [
    'POST /api/v1/orders HTTP/1.1',
    'Host: shop',
    'Content-Type: application/json',
    'Connection: close',
    `Content-Length: ${body.length}`,
    `${KEY}: ${value}`,
    '',
    body,
  ].join('\r\n');
}
