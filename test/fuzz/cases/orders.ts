import { line, order, rows, text, type BadRequest, type RequestBuilder } from '../bad-request.js';

const NIL = '00000000-0000-0000-0000-000000000000';
const UNKNOWN = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

function quantity(value: string, status = 422): [string, RequestBuilder, number, string] {
  return [
    `a quantity of ${value}`,
    (context) => ({
      body: JSON.stringify(context.validOrder).replace('"quantity":1', `"quantity":${value}`),
    }),
    status,
    'quantity',
  ];
}

function lines(count: number): RequestBuilder {
  return ({ validOrder: { items } }) => ({ json: { items: Array.from({ length: count }, () => items[0]) } });
}

function withMetadata(metadata: object): RequestBuilder {
  return order({ metadata });
}

/** The answer's metadata is what was sent. */
function kept(metadata: object): Partial<BadRequest> {
  return { check: ({ text: answer }) => expect(JSON.parse(answer).metadata).toEqual(metadata) };
}

const ROUND_TRIPS = [
  { note: '☕️ ‮שלום‬ é' },
  { note: 'one\r\ntwo: three' },
  { note: '<script>alert(1)</script>' },
];

/** What an order says. */
export const ORDERS: BadRequest[] = rows(32, [
  ['no items', () => ({ json: {} }), 422, 'items'],
  ['empty items', order({ items: [] }), 422, 'items'],
  ['items that are an object', order({ items: {} }), 422, 'items'],
  ['51 lines', lines(51), 422, 'items'],
  ['10,000 lines', lines(10_000), 413],
  [
    'the same line twice: two lines',
    lines(2),
    201,
    { check: ({ text: answer }) => expect(JSON.parse(answer).items).toHaveLength(2) },
  ],
  [
    '51 lines of one hundred',
    ({ validOrder: { items } }) => ({
      json: { items: Array.from({ length: 51 }, () => ({ ...items[0], quantity: 100 })) },
    }),
    422,
    'items',
  ],
  quantity('0'),
  quantity('-1'),
  quantity('1.5'),
  quantity('1e9'),
  quantity('101'),
  quantity('"2"'),
  quantity('null'),
  quantity('true'),
  quantity('[1]'),
  quantity('1e400'),
  quantity('9007199254740993'),
  [
    'a quantity of 2.0',
    (context) => ({ body: JSON.stringify(context.validOrder).replace('"quantity":1', '"quantity":2.0') }),
    201,
  ],
  ['no variation_id', line({ variation_id: undefined }), 422, 'variation_id'],
  ['a variation_id that is no UUID', line({ variation_id: 'vanilla' }), 422, 'variation_id'],
  [
    'UUIDs in capitals',
    ({ validOrder: { items } }) => ({
      json: { items: items.map((item) => ({ ...item, variation_id: item.variation_id.toUpperCase() })) },
    }),
    201,
  ],
  ['the nil UUID', line({ variation_id: NIL }), 400, 'invalid_order_line'],
  ['an unknown variation', line({ variation_id: UNKNOWN }), 400, 'Invalid product_id or variation_id'],
  [
    'a withdrawn product',
    ({ withdrawnProductOrder }) => ({ json: withdrawnProductOrder }),
    400,
    'Invalid product_id or variation_id',
  ],
  ['SQL for an id', line({ variation_id: `' OR 1=1--` }), 422, 'variation_id'],
  ['a UUID and a NUL', line({ variation_id: `${UNKNOWN}\u0000` }), 422, 'variation_id'],
  ['half a surrogate', withMetadata({ note: '\ud800' }), 422, 'metadata.note'],
  ['metadata beyond 4 KB', withMetadata({ note: 'x'.repeat(4_100) }), 422, 'metadata'],
  ...ROUND_TRIPS.map((metadata): [string, RequestBuilder, number, Partial<BadRequest>] => [
    `metadata ${JSON.stringify(metadata)}`,
    withMetadata(metadata),
    201,
    kept(metadata),
  ]),
  ['another total', order({ total_cents: 1 }), 409, 'Total mismatch: computed 430, received 1'],
  ['a total of -1', order({ total_cents: -1 }), 422, 'total_cents'],
  ['a total of 2^31', order({ total_cents: 2 ** 31 }), 422, 'total_cents'],
  ['a total as text', order({ total_cents: '430' }), 422, 'total_cents'],
  ['a total of 1.5', order({ total_cents: 1.5 }), 422, 'total_cents'],
  ['an unknown field', order({ coupon: 'FREE' }), 422, 'coupon'],
  ['a price', order({ unit_price_cents: 1 }), 422, 'unit_price_cents'],
  ['a price in its line', line({ unit_price_cents: 1 }), 422, 'unit_price_cents'],
  ['a status', order({ status: 'delivered' }), 422, 'status'],
  ["somebody else's id", order({ customer_id: UNKNOWN }), 422, 'customer_id'],
  ['a payment', order({ payment: { response_status_code: 200 } }), 422, 'payment'],
  [
    '__proto__',
    (context) => ({
      body: JSON.stringify(context.validOrder).replace('{', '{"__proto__":{"role":"manager"},'),
    }),
    422,
    '__proto__ is not allowed',
  ],
  ['constructor.prototype', text('{"constructor":{"prototype":{"role":"manager"}}}'), 422, 'constructor'],
  ['fields named as methods are', order({ toString: 1, hasOwnProperty: 1 }), 422, 'toString'],
  [
    '__proto__ in a line',
    (context) => ({
      body: JSON.stringify(context.validOrder).replace('[{', '[{"__proto__":{"quantity":1},'),
    }),
    422,
    '__proto__ is not allowed',
  ],
  ['lines that are no objects', order({ items: ['latte'] }), 422, 'items'],
  ['lines that are lists', order({ items: [[]] }), 422, 'items'],
  ...['latte', '', 42, null, undefined].map((id): [string, RequestBuilder, number, string] => [
    `a product_id of ${String(id)}`,
    line({ product_id: id }),
    422,
    'product_id',
  ]),
  ...[[], 'x', 1].map((metadata): [string, RequestBuilder, number, string] => [
    `metadata that is ${JSON.stringify(metadata)}`,
    order({ metadata }),
    422,
    'metadata',
  ]),
  ['__proto__ in metadata', text('{"items": [], "metadata": {"a": {"__proto__": 1}}}'), 422, 'metadata.a'],
  [
    'a constructor of its own in a field',
    order({ status: { constructor: { prototype: {} } } }),
    422,
    'status.constructor',
  ],
  [
    'a constructor of its own in metadata',
    order({ metadata: { constructor: 1 } }),
    422,
    'metadata.constructor',
  ],
  ['a NUL in a name', text('{"items": [], "metadata": {"b\\u0000": 1}}'), 422, 'metadata'],
  ['nesting of 40', text(`{"items":[],"metadata":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`), 422, 'metadata'],
]);
