import { randomUUID } from 'node:crypto';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PRODUCTS = '/api/v1/admin/products';
const MAX_INT4 = 2_147_483_647;
const BASE_PRICE_CENTS = 300;

describe('Invalid requests to /admin/products', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());

  it.each([
    ['no name', { name: undefined }, 'name'],
    ['an empty name', { name: '' }, 'name'],
    ['a blank name', { name: ' \t\n\u00a0' }, 'name'],
    ['a name of 256 characters', { name: 'n'.repeat(256) }, 'name'],
    ['a name of invisible characters', { name: '\u200b\u2060' }, 'name'],
    ['a name with a line break', { name: 'Flat\nWhite' }, 'name'],
    ['a name that ends with a tab', { name: 'Flat White\t' }, 'name'],
    ['a number as name', { name: 5 }, 'name'],
    ['no price', { base_price_cents: undefined }, 'base_price_cents'],
    ['null as price', { base_price_cents: null }, 'base_price_cents'],
    ['a negative price', { base_price_cents: -1 }, 'base_price_cents'],
    ['a price of half a cent', { base_price_cents: 0.5 }, 'base_price_cents'],
    ['a string as price', { base_price_cents: '300' }, 'base_price_cents'],
    ['a price above int4', { base_price_cents: MAX_INT4 + 1 }, 'base_price_cents'],
    ['an object as variations', { variations: { name: 'Oat' } }, 'variations'],
    ['a string as variation', { variations: ['Oat'] }, 'variations'],
    [
      '101 variations',
      { variations: Array.from({ length: 101 }, (_, n) => ({ name: `${n}` })) },
      'variations',
    ],
    ['a blank variation name', { variations: [{ name: ' ' }] }, 'variations.0.name'],
    [
      'a variation name of 256 characters',
      { variations: [{ name: 'Oat' }, { name: 'n'.repeat(256) }] },
      'variations.1.name',
    ],
    ['a variation name with a bell', { variations: [{ name: 'Oat\u0007' }] }, 'variations.0.name'],
    ['a price change above int4', withPriceChange(MAX_INT4 + 1), 'variations.0.price_change_cents'],
    ['a price change of half a cent', withPriceChange(0.5), 'variations.0.price_change_cents'],
    ['a negative unit price', withPriceChange(-BASE_PRICE_CENTS - 1), 'variations'],
    ['a unit price above int4', withPriceChange(MAX_INT4 - BASE_PRICE_CENTS + 1), 'variations'],
    ['an id', { id: randomUUID() }, 'id'],
    ['a withdrawn_at', { withdrawn_at: '2026-01-01T00:00:00Z' }, 'withdrawn_at'],
    ['a withdrawnAt', { withdrawnAt: null }, 'withdrawnAt'],
    ['a variation with an id', { variations: [{ name: 'Oat', id: randomUUID() }] }, 'variations.0.id'],
    ['a variation with a position', { variations: [{ name: 'A', position: 9 }] }, 'variations.0.position'],
  ])('POST returns 422 for %s', async (_, invalid, field) => {
    const menu = (await ana.get('/api/v1/menu')).text;

    const { body } = await manager.post(PRODUCTS, newProduct(invalid)).expect(422);

    expect(body.errors).toContainEqual({ field, message: expect.any(String) });
    expect((await ana.get('/api/v1/menu')).text).toBe(menu);
  });

  it.each([
    ['GET', (path: string) => manager.get(path)],
    ['PATCH', (path: string) => manager.patch(path, {})],
    ['DELETE', (path: string) => manager.delete(path)],
  ])('%s returns 404 for an unknown id', async (_, send) => {
    const { body } = await send(`${PRODUCTS}/${randomUUID()}`).expect(404);

    expect(body.detail).toBe('Product not found');
  });

  it.each([
    [403, 'customers', () => ana],
    [401, 'clients without a token', () => app.anonymous()],
  ])('return %i to %s', async (status, _, client) => {
    const { body: product } = await manager.post(PRODUCTS, newProduct()).expect(201);
    const path = `${PRODUCTS}/${product.id}`;

    await client().post(PRODUCTS, newProduct()).expect(status);
    await client().get(path).expect(status);
    await client().patch(path, { base_price_cents: 1 }).expect(status);
    await client().delete(path).expect(status);
  });
});

/** Returns a valid request with a unique name, changed by `fields`. */
function newProduct(fields: object = {}): object {
  return {
    name: `Product ${randomUUID()}`,
    base_price_cents: BASE_PRICE_CENTS,
    variations: [{ name: 'Small' }, { name: 'Large' }],
    ...fields,
  };
}

function withPriceChange(cents: number): { variations: object[] } {
  return { variations: [{ name: 'Oat', price_change_cents: cents }] };
}
