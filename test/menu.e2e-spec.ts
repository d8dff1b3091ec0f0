import type { MenuDto, ProductDto } from '../apps/api/catalog/dto/product.dto.js';
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

describe('GET /menu', () => {
  let app: TestApp;
  let guest: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    guest = app.anonymous();
    manager = await app.manager();
  });
  afterAll(() => app.close());

  async function readProducts(): Promise<ProductDto[]> {
    const { body } = await guest.get(MENU).expect(200);
    return (body as MenuDto).products;
  }

  async function create(name: string, ...variations: string[]): Promise<ProductDto> {
    const product = { name, base_price_cents: 100, variations: variations.map((name) => ({ name })) };
    return (await manager.post(PRODUCTS, product).expect(201)).body as ProductDto;
  }

  it('returns the seeded catalog', async () => {
    const products = await readProducts();

    expect(products).toEqual(
      Object.entries(SEEDED).map(([name, [basePriceCents, ...variations]]) => ({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name,
        base_price_cents: basePriceCents,
        variations: (variations as [string, number][]).map(([variation, priceChangeCents]) => ({
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          name: variation,
          price_change_cents: priceChangeCents,
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
