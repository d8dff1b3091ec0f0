import {
  badRequests,
  bodyOf,
  orderJsonWith,
  orderWith,
  type BadRequest,
  type BadRequestRow,
} from '../bad-request.js';
import { UNKNOWN_ID } from '../fuzz-context.js';

function acceptedMetadata(metadata: object): BadRequestRow {
  return [
    `metadata ${JSON.stringify(metadata)}`,
    orderWith({ metadata }),
    201,
    { check: ({ text }) => expect(JSON.parse(text).metadata).toEqual(metadata) },
  ];
}

function metadataOfWrongType(metadata: unknown): BadRequestRow {
  return [`metadata that is ${JSON.stringify(metadata)}`, orderWith({ metadata }), 422, 'metadata'];
}

/** Totals, metadata, unknown fields and prototype pollution. */
export const ORDER_FIELDS: BadRequest[] = badRequests([
  [
    'a total that does not match',
    orderWith({ total_cents: 1 }),
    409,
    'Total mismatch: computed 430, received 1',
  ],
  ['a total of -1', orderWith({ total_cents: -1 }), 422, 'total_cents'],
  ['a total of 2^31', orderWith({ total_cents: 2 ** 31 }), 422, 'total_cents'],
  ['a total as a string', orderWith({ total_cents: '430' }), 422, 'total_cents'],
  ['a total of 1.5', orderWith({ total_cents: 1.5 }), 422, 'total_cents'],
  ['an unknown field', orderWith({ coupon: 'FREE' }), 422, 'coupon'],
  ['a price', orderWith({ unit_price_cents: 1 }), 422, 'unit_price_cents'],
  ['a status', orderWith({ status: 'delivered' }), 422, 'status'],
  ["another customer's id", orderWith({ customer_id: UNKNOWN_ID }), 422, 'customer_id'],
  ['a payment', orderWith({ payment: { response_status_code: 200 } }), 422, 'payment'],
  ['fields with names of methods', orderWith({ toString: 1, hasOwnProperty: 1 }), 422, 'toString'],
  [
    '__proto__',
    orderJsonWith('{', '{"__proto__":{"role":"manager"},'),
    422,
    'property __proto__ should not exist',
  ],
  ['constructor.prototype', bodyOf('{"constructor":{"prototype":{"role":"manager"}}}'), 422, 'constructor'],
  ['a constructor in a field', orderWith({ status: { constructor: { prototype: {} } } }), 422, 'status'],
  ...[{ note: '☕️ ‮שלום‬ é' }, { note: 'one\r\ntwo: three' }, { note: '<script>alert(1)</script>' }].map(
    acceptedMetadata,
  ),
  ...[[], 'x', 1].map(metadataOfWrongType),
  ['a pickup name with a lone surrogate', orderWith({ pickup_name: 'A\ud800' }), 422, 'pickup_name'],
  ['a pickup name that is an object', orderWith({ pickup_name: { toString: 1 } }), 422, 'pickup_name'],
  ['a pickup name with NUL', orderWith({ pickup_name: 'A\0' }), 422, 'pickup_name'],
  ['a note of 15,000 lines', orderWith({ note: `x${'\n'.repeat(15_000)}x` }), 422, 'note'],
  ['a note with NUL', orderWith({ note: '\0' }), 422, 'note'],
  ['a note that is a list', orderWith({ note: ['hot'] }), 422, 'note'],
  ['metadata with a lone surrogate', orderWith({ metadata: { note: '\ud800' } }), 422, 'metadata.note'],
  ['metadata over 4 KB', orderWith({ metadata: { note: 'x'.repeat(4_100) } }), 422, 'metadata'],
  [
    'metadata with __proto__',
    bodyOf('{"items": [], "metadata": {"a": {"__proto__": 1}}}'),
    422,
    'metadata.a',
  ],
  ['metadata with a constructor', orderWith({ metadata: { constructor: 1 } }), 422, 'metadata.constructor'],
  ['metadata with NUL in a name', bodyOf('{"items": [], "metadata": {"b\\u0000": 1}}'), 422, 'metadata'],
  [
    'metadata with nesting of 40',
    bodyOf(`{"items":[],"metadata":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`),
    422,
    'metadata',
  ],
]);
