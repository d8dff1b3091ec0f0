import {
  badRequests,
  lineWith,
  orderJsonWith,
  orderWith,
  type BadRequest,
  type BadRequestRow,
  type RequestBuilder,
} from '../bad-request.js';
import { UNKNOWN_ID } from '../fuzz-context.js';

const NIL_ID = '00000000-0000-0000-0000-000000000000';

/** @param json as text, for numbers that JavaScript cannot hold */
function quantity(json: string): BadRequestRow {
  return [`a quantity of ${json}`, orderJsonWith('"quantity":1', `"quantity":${json}`), 422, 'quantity'];
}

function productId(value: unknown): BadRequestRow {
  return [`a product_id of ${String(value)}`, lineWith({ product_id: value }), 422, 'product_id'];
}

/** An order that repeats the valid line. */
function lines(count: number, changes: object = {}): RequestBuilder {
  return ({ validOrder: { items } }) => ({
    json: { items: Array.from({ length: count }, () => ({ ...items[0], ...changes })) },
  });
}

export const ORDER_LINES: BadRequest[] = badRequests([
  ['no items', () => ({ json: {} }), 422, 'items'],
  ['empty items', orderWith({ items: [] }), 422, 'items'],
  ['items that are an object', orderWith({ items: {} }), 422, 'items'],
  ['51 lines', lines(51), 422, 'items'],
  ['10,000 lines', lines(10_000), 413],
  [
    'the same line twice',
    lines(2),
    201,
    { check: ({ text }) => expect(JSON.parse(text).items).toHaveLength(2) },
  ],
  ['51 lines with a quantity of 100', lines(51, { quantity: 100 }), 422, 'items'],
  ['lines that are strings', orderWith({ items: ['latte'] }), 422, 'items'],
  ['lines that are arrays', orderWith({ items: [[]] }), 422, 'items'],
  ...['0', '-1', '1.5', '1e9', '101', '"2"', 'null', 'true', '[1]', '1e400', '9007199254740993'].map(
    quantity,
  ),
  ['a quantity of 2.0', orderJsonWith('"quantity":1', '"quantity":2.0'), 201],
  ['no variation_id', lineWith({ variation_id: undefined }), 422, 'variation_id'],
  ['a variation_id that is not a UUID', lineWith({ variation_id: 'vanilla' }), 422, 'variation_id'],
  [
    'UUIDs in capitals',
    ({ validOrder: { items } }) => ({
      json: { items: items.map((item) => ({ ...item, variation_id: item.variation_id.toUpperCase() })) },
    }),
    201,
  ],
  ['the nil UUID', lineWith({ variation_id: NIL_ID }), 400, 'invalid_order_line'],
  ['an unknown variation', lineWith({ variation_id: UNKNOWN_ID }), 400, 'Invalid product_id or variation_id'],
  [
    'a withdrawn product',
    ({ withdrawnProductOrder }) => ({ json: withdrawnProductOrder }),
    400,
    'Invalid product_id or variation_id',
  ],
  ['a variation_id with SQL', lineWith({ variation_id: `' OR 1=1--` }), 422, 'variation_id'],
  ['a variation_id with NUL', lineWith({ variation_id: `${UNKNOWN_ID}\u0000` }), 422, 'variation_id'],
  ...['latte', '', 42, null, undefined].map(productId),
  ['a price', lineWith({ unit_price_cents: 1 }), 422, 'unit_price_cents'],
  [
    '__proto__',
    orderJsonWith('[{', '[{"__proto__":{"quantity":1},'),
    422,
    'property __proto__ should not exist',
  ],
]);
