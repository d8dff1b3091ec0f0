import { randomUUID } from 'node:crypto';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PRODUCTS = '/api/v1/admin/products';
const MAX_CENTS = 2_147_483_647;

/** Also such as do not fit. */
type ProductRequest = Record<string, unknown>;

describe('the administration of the catalog', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());

  /** A product that fits, with a name of its own. */
  function unlikeAnyOther(product: ProductRequest = {}): ProductRequest {
    const name = `Product ${randomUUID()}`;
    return { name, base_price_cents: 300, variations: [{ name: 'Small' }, { name: 'Large' }], ...product };
  }

  it.each([
    ['no name', { name: undefined }, 'name'],
    ['an empty name', { name: '' }, 'name'],
    ['a blank name', { name: ' \t\n\u00a0' }, 'name'],
    ['a name of 256 characters', { name: 'n'.repeat(256) }, 'name'],
    ['a name of 400 characters, half of them invisible', { name: 'n\ufe0f'.repeat(200) }, 'name'],
    ['a number as its name', { name: 5 }, 'name'],
    ['no price', { base_price_cents: undefined }, 'base_price_cents'],
    ['null as its price', { base_price_cents: null }, 'base_price_cents'],
    ['a price below zero', { base_price_cents: -1 }, 'base_price_cents'],
    ['half a cent', { base_price_cents: 0.5 }, 'base_price_cents'],
    ['a price in quotes', { base_price_cents: '300' }, 'base_price_cents'],
    ['a price above int4', { base_price_cents: MAX_CENTS + 1 }, 'base_price_cents'],
    ['no list as variations', { variations: { name: 'Oat' } }, 'variations'],
    ['a bare name as variation', { variations: ['Oat'] }, 'variations'],
    [
      '101 variations',
      { variations: Array.from({ length: 101 }, (_, n) => ({ name: `${n}` })) },
      'variations',
    ],
    ['a blank variation', { variations: [{ name: ' ' }] }, 'variations.0.name'],
    ['a variation of 256', { variations: [{ name: 'Oat' }, { name: 'n'.repeat(256) }] }, 'variations.1.name'],
    ['an invisible one', { variations: [{ name: 'n\ufe0f'.repeat(200) }] }, 'variations.0.name'],
    ['a change above int4', withOneVariationAt(MAX_CENTS + 1), 'variations.0.price_change_cents'],
    ['a change of half a cent', withOneVariationAt(0.5), 'variations.0.price_change_cents'],
    ['a unit price below zero', withOneVariationAt(-301), 'variations'],
    ['a unit price above int4', withOneVariationAt(MAX_CENTS - 299), 'variations'],
    ['an id', { id: randomUUID() }, 'id'],
    ['a withdrawn_at', { withdrawn_at: '2026-01-01T00:00:00Z' }, 'withdrawn_at'],
    ['a withdrawnAt', { withdrawnAt: null }, 'withdrawnAt'],
    ['a variation with an id', { variations: [{ name: 'Oat', id: randomUUID() }] }, 'variations.0.id'],
    ['a variation with a position', { variations: [{ name: 'A', position: 9 }] }, 'variations.0.position'],
  ])('refuses a product with %s', async (_, fault, field) => {
    const before = (await ana.get('/api/v1/menu')).text;

    const { body } = await manager.post(PRODUCTS, unlikeAnyOther(fault)).expect(422);

    expect(body.errors).toContainEqual({ field, message: expect.any(String) });
    expect((await ana.get('/api/v1/menu')).text).toBe(before);
  });
});

function withOneVariationAt(cents: number): { variations: object[] } {
  return { variations: [{ name: 'Oat', price_change_cents: cents }] };
}
