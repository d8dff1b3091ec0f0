import { badRequests, type BadRequest, type RequestBuilder } from '../bad-request.js';
import { UNKNOWN_ID, type FuzzContext } from '../fuzz-context.js';

const PATH = '/api/v1/admin/products';

function create(json: object): RequestBuilder {
  return ({ manager }) => ({ as: manager, path: PATH, json: { base_price_cents: 100, ...json } });
}

function update(
  json: object,
  id: (context: FuzzContext) => string = ({ product }) => product.id,
): RequestBuilder {
  return (context) => ({ as: context.manager, method: 'PATCH', path: `${PATH}/${id(context)}`, json });
}

function withdraw(id: (context: FuzzContext) => string): RequestBuilder {
  return (context) => ({ as: context.manager, method: 'DELETE', path: `${PATH}/${id(context)}` });
}

/** Marks the product, or a variation of it. */
function mark(json: unknown, variation?: (context: FuzzContext) => string): RequestBuilder {
  return (context) => {
    const part = variation ? `/variations/${variation(context)}` : '';
    return {
      as: context.manager,
      method: 'PUT',
      path: `${PATH}/${context.product.id}${part}/availability`,
      json,
    };
  };
}

const variationId = ({ product }: FuzzContext): string => product.variations[0]?.id ?? '';
/** Of the order that is valid, which is for another product. */
const otherVariationId = ({ validOrder }: FuzzContext): string => validOrder.items[0]?.variation_id ?? '';
const withdrawnId = ({ withdrawnProductId }: FuzzContext): string => withdrawnProductId;

export const PRODUCTS: BadRequest[] = badRequests([
  ['a name in use', create({ name: 'Latte' }), 409],
  ['a rename to a name in use', update({ name: 'Latte' }), 409],
  ['a name in use, in another case', create({ name: ' LATTE ' }), 409],
  ['a negative price', create({ name: 'A', base_price_cents: -1 }), 422, 'base_price_cents'],
  ['half a cent', create({ name: 'A', base_price_cents: 1.5 }), 422, 'base_price_cents'],
  ['a price as a string', create({ name: 'A', base_price_cents: '450' }), 422, 'base_price_cents'],
  ['a price of 2^31', create({ name: 'A', base_price_cents: 2 ** 31 }), 422, 'base_price_cents'],
  [
    'a variation with a negative unit price',
    create({ name: 'A', variations: [{ name: 'x', price_change_cents: -101 }] }),
    422,
  ],
  [
    'a base price that makes a unit price negative',
    update({ base_price_cents: 0, variations: [{ name: 'x', price_change_cents: -1 }] }),
    422,
  ],
  ['an empty name', create({ name: '' }), 422, 'name'],
  ['a blank name', create({ name: '  ' }), 422, 'name'],
  ['a name of 256 characters', create({ name: 'x'.repeat(256) }), 422, 'name'],
  ['a name with NUL', create({ name: 'a\0b' }), 422, 'name'],
  ['a name with a lone surrogate', create({ name: '\ud800' }), 422, 'name'],
  ['the same variation twice', create({ name: 'A', variations: [{ name: 'x' }, { name: 'X' }] }), 409],
  ['withdrawing a withdrawn product', withdraw(withdrawnId), 404, 'Product not found'],
  ['updating a withdrawn product', update({ name: 'A' }, withdrawnId), 404, 'Product not found'],
  ['withdrawing an unknown product', withdraw(() => UNKNOWN_ID), 404, 'Product not found'],
  ['an empty update', update({}), 200],
  ['sold out, without saying so', mark({}), 422, 'sold_out'],
  ['sold out as a string', mark({ sold_out: 'true' }), 422, 'sold_out'],
  ['sold out until a past time', mark({ sold_out: true, until: '2020-01-01T00:00:00Z' }), 422, 'until'],
  ['sold out until tomorrow', mark({ sold_out: true, until: 'tomorrow' }), 422, 'until'],
  ['sold out until a number', mark({ sold_out: true, until: 4e12 }), 422, 'until'],
  ['available until a time', mark({ sold_out: false, until: '2099-01-01T00:00:00Z' }), 422, 'until'],
  ['a list as availability', mark([]), 422],
  ['an unknown variation', mark({ sold_out: true }, () => UNKNOWN_ID), 404, 'Variation not found'],
  ["another product's variation", mark({ sold_out: true }, otherVariationId), 404, 'Variation not found'],
  ['a variation without hex digits', mark({ sold_out: true }, () => 'x'), 422, 'variation_id'],
  ['sold out until the year 9999', mark({ sold_out: true, until: '9999-12-31T23:59:59Z' }), 200],
  ['sold out until the year 10000 in UTC', mark({ sold_out: true, until: '9999-12-31T23:59:59-23:59' }), 422],
  ['available again', mark({ sold_out: false, until: null }), 200],
  ['a sold-out variation', mark({ sold_out: true }, variationId), 200],
  ['an id', create({ name: 'A', id: UNKNOWN_ID }), 422, 'id'],
  ['a creation time', create({ name: 'A', created_at: '2020-01-01T00:00:00Z' }), 422, 'created_at'],
  ['a customer', (context) => ({ ...create({ name: 'A' })(context), as: context.customer }), 403],
  ['an anonymous client', (context) => ({ ...create({ name: 'A' })(context), as: null }), 401],
  ['a name with SQL', create({ name: `x'); DROP TABLE products;--` }), 201],
  ['a name of 255 characters', create({ name: 'y'.repeat(255) }), 201],
]);
