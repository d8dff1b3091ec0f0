import { rows, type BadRequest, type RequestBuilder } from '../bad-request.js';
import type { FuzzContext } from '../fuzz-context.js';

const PATH = '/api/v1/admin/products';
const UNKNOWN = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

function create(json: object): RequestBuilder {
  return ({ manager }) => ({ as: manager, path: PATH, json: { base_price_cents: 100, ...json } });
}

function patch(
  json: object,
  id: (context: FuzzContext) => string = ({ product }) => product.id,
): RequestBuilder {
  return (context) => ({ as: context.manager, method: 'PATCH', path: `${PATH}/${id(context)}`, json });
}

function remove(id: (context: FuzzContext) => string): RequestBuilder {
  return (context) => ({ as: context.manager, method: 'DELETE', path: `${PATH}/${id(context)}` });
}

const withdrawn = ({ withdrawnProductId }: FuzzContext): string => withdrawnProductId;

/** What a manager must not make of the menu. */
export const PRODUCTS: BadRequest[] = rows(167, [
  ['a name that is taken', create({ name: 'Latte' }), 409],
  ['a rename to a name that is taken', patch({ name: 'Latte' }), 409],
  ['a name that is taken, in other letters', create({ name: ' LATTE ' }), 409],
  ['a negative price', create({ name: 'A', base_price_cents: -1 }), 422, 'base_price_cents'],
  ['half a cent', create({ name: 'A', base_price_cents: 1.5 }), 422, 'base_price_cents'],
  ['a price as text', create({ name: 'A', base_price_cents: '450' }), 422, 'base_price_cents'],
  ['a price of 2^31', create({ name: 'A', base_price_cents: 2 ** 31 }), 422, 'base_price_cents'],
  [
    'a variation that costs less than nothing',
    create({ name: 'A', variations: [{ name: 'x', price_change_cents: -101 }] }),
    422,
  ],
  [
    'a base price that leaves a variation below nothing',
    patch({ base_price_cents: 0, variations: [{ name: 'x', price_change_cents: -1 }] }),
    422,
  ],
  ['no name', create({ name: '' }), 422, 'name'],
  ['a blank name', create({ name: '  ' }), 422, 'name'],
  ['a name of 256 characters', create({ name: 'x'.repeat(256) }), 422, 'name'],
  ['a NUL in the name', create({ name: 'a\0b' }), 422, 'name'],
  ['half a surrogate in the name', create({ name: '\ud800' }), 422, 'name'],
  ['the same variation twice', create({ name: 'A', variations: [{ name: 'x' }, { name: 'X' }] }), 409],
  ['a withdrawal of what is withdrawn', remove(withdrawn), 404, 'Product not found'],
  ['a change of what is withdrawn', patch({ name: 'A' }, withdrawn), 404, 'Product not found'],
  ['a withdrawal of nothing', remove(() => UNKNOWN), 404, 'Product not found'],
  ['a change of nothing', patch({}), 200],
  ['an id of its own', create({ name: 'A', id: UNKNOWN }), 422, 'id'],
  ['a birthday of its own', create({ name: 'A', created_at: '2020-01-01T00:00:00Z' }), 422, 'created_at'],
  ['a customer', (context) => ({ ...create({ name: 'A' })(context), as: context.customer }), 403],
  ['nobody', (context) => ({ ...create({ name: 'A' })(context), as: null }), 401],
  ['SQL for a name: it is the name', create({ name: `x'); DROP TABLE products;--` }), 201],
  ['a name of 255 characters', create({ name: 'y'.repeat(255) }), 201],
]);
