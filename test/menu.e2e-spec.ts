import type { MenuDto, ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import { AVAILABLE } from './support/availability.js';
import { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const MENU = '/api/v1/menu';
const PRODUCTS = '/api/v1/admin/products';

/** The seeded catalog: for each product its base price in cents and its variations with their price changes. */
const SEEDED = {
  Donuts: [200, ['Glazed', 0], ['Jelly', 30], ['Boston Cream', 50]],
  Espresso: [250, ['Single Shot', 0], ['Double Shot', 100]],
  'Iced Coffee': [350, ['Regular', 0], ['Sweetened', 30], ['Extra Ice', 20]],
  Latte: [400, ['Pumpkin Spice', 50], ['Vanilla', 30], ['Hazelnut', 40]],
  Macchiato: [400, ['Caramel', 50], ['Vanilla', 30]],
};

let app: TestApp;
let guest: Person;
let manager: Person;

beforeAll(async () => {
  app = await TestApp.start();
  guest = app.anonymous();
  manager = await app.manager();
});
afterAll(() => app.close());

async function create(name: string, ...variations: string[]): Promise<ProductDto> {
  const product = { name, base_price_cents: 100, variations: variations.map((name) => ({ name })) };
  return (await manager.post(PRODUCTS, product).expect(201)).body as ProductDto;
}

describe('GET /menu', () => {
  async function readProducts(): Promise<ProductDto[]> {
    const { body } = await guest.get(MENU).expect(200);
    return (body as MenuDto).products;
  }

  it('returns the seeded catalog', async () => {
    const products = await readProducts();

    expect(products).toEqual(
      Object.entries(SEEDED).map(([name, [basePriceCents, ...variations]]) => ({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name,
        base_price_cents: basePriceCents,
        ...AVAILABLE,
        variations: (variations as [string, number][]).map(([variation, priceChangeCents]) => ({
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          name: variation,
          price_change_cents: priceChangeCents,
          ...AVAILABLE,
        })),
      })),
    );
  });

  it('requires no token', async () => {
    await app
      .anonymous()
      .get(MENU)
      .expect(200)
      .expect('Content-Type', /^application\/json/);
  });

  it('ignores an invalid token', async () => {
    await new Person(app.url, '', 'expired').get(MENU).expect(200);
  });

  it.each(['Crème Brûlée', 'カプチーノ', '☕ "double"'])('returns the name %s unchanged', async (name) => {
    const { id } = await create(name);

    expect((await readProducts()).find((product) => product.id === id)?.name).toBe(name);
  });

  it('sorts products by the code points of their names', async () => {
    const names = ['Zimtstern', 'a cake', 'b cake', '\u00c4pfel', '\uff21pple', '\u{1f375} tea'];
    for (const name of names.toReversed()) await create(name);

    const products = await readProducts();

    expect(products.map(({ name }) => name).filter((name) => names.includes(name))).toEqual(names);
  });

  it("keeps the manager's order of variations", async () => {
    const { id } = await create('Chai', 'Zesty', 'Amber', 'Mild');

    const product = (await readProducts()).find((product) => product.id === id);

    expect(product?.variations.map(({ name }) => name)).toEqual(['Zesty', 'Amber', 'Mild']);
  });

  it('omits withdrawn products', async () => {
    const { id } = await create('Affogato', 'Small');
    await manager.delete(`${PRODUCTS}/${id}`).expect(204);

    expect((await readProducts()).map((product) => product.id)).not.toContain(id);
  });

  it('omits withdrawn variations', async () => {
    const { id, variations } = await create('Mocha', 'Dark', 'White');
    await manager.patch(`${PRODUCTS}/${id}`, { variations: [{ name: 'White' }] }).expect(200);

    const product = (await readProducts()).find((product) => product.id === id);

    expect(product?.variations).toEqual([variations[1]]);
  });
});

describe('The ETag of GET /menu', () => {
  async function readMenu(): Promise<{ products: ProductDto[]; etag: string }> {
    const { body, headers } = await guest.get(MENU).expect(200);
    return { products: (body as MenuDto).products, etag: String(headers.etag) };
  }

  it('is strong', async () => {
    expect((await readMenu()).etag).toMatch(/^"[^"]+"$/);
  });

  it('stays the same while the menu does not change', async () => {
    const { etag } = await readMenu();

    expect((await readMenu()).etag).toBe(etag);
  });

  it.each([
    ['the ETag', (etag: string) => etag],
    ['the ETag in weak form', (etag: string) => `W/${etag}`],
    ['a list with the ETag', (etag: string) => `"old", W/"older", ${etag}`],
    ['*', () => '*'],
  ])('returns 304 without a body if If-None-Match is %s', async (_, ifNoneMatch) => {
    const { etag } = await readMenu();

    const response = await guest.get(MENU).set('If-None-Match', ifNoneMatch(etag)).expect(304);

    expect(response.text).toBe('');
    expect(response.headers.etag).toBe(etag);
  });

  it.each(['no-cache', 'no-cache, no-store', 'max-age=0'])(
    'returns 304 if If-None-Match matches in spite of "Cache-Control: %s" in the request',
    async (cacheControl) => {
      const { etag } = await readMenu();

      await guest.get(MENU).set('If-None-Match', etag).set('Cache-Control', cacheControl).expect(304);
    },
  );

  it("returns 304 to Node's fetch", async () => {
    const { etag } = await readMenu();

    const response = await fetch(app.url + MENU, { headers: { 'If-None-Match': etag } });

    expect(response.status).toBe(304);
  });

  it.each(['"another"', 'W/"another"', 'nonsense', '""'])(
    'returns the menu if If-None-Match is %s',
    async (ifNoneMatch) => {
      const { body } = await guest.get(MENU).set('If-None-Match', ifNoneMatch).expect(200);

      expect(body.products.length).toBeGreaterThan(0);
    },
  );

  it.each([
    ['name', { name: 'Ristretto' }],
    ['price', { base_price_cents: 180 }],
    ['variations', { variations: [{ name: 'Long' }] }],
  ])('changes immediately with the %s of a product', async (_, changes) => {
    const { id } = await create('Lungo', 'Short');
    const { etag } = await readMenu();

    await manager.patch(`${PRODUCTS}/${id}`, changes).expect(200);
    await guest.get(MENU).set('If-None-Match', etag).expect(200);

    expect((await readMenu()).products.find((product) => product.id === id)).toMatchObject(
      'variations' in changes ? { variations: [expect.objectContaining({ name: 'Long' })] } : changes,
    );
    await manager.delete(`${PRODUCTS}/${id}`).expect(204);
  });

  it('returns to its former value when a change is undone', async () => {
    const { id } = await create('Doppio', 'Short');
    const { etag } = await readMenu();

    await manager.patch(`${PRODUCTS}/${id}`, { base_price_cents: 1 }).expect(200);
    await manager.patch(`${PRODUCTS}/${id}`, { base_price_cents: 100 }).expect(200);

    expect((await readMenu()).etag).toBe(etag);
  });
});
