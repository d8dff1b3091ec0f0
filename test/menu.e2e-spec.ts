import type { MenuDto, ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const MENU = '/api/v1/menu';
const PRODUCTS = '/api/v1/admin/products';

const SEEDED = {
  Donuts: [200, ['Glazed', 0], ['Jelly', 30], ['Boston Cream', 50]],
  Espresso: [250, ['Single Shot', 0], ['Double Shot', 100]],
  'Iced Coffee': [350, ['Regular', 0], ['Sweetened', 30], ['Extra Ice', 20]],
  Latte: [400, ['Pumpkin Spice', 50], ['Vanilla', 30], ['Hazelnut', 40]],
  Macchiato: [400, ['Caramel', 50], ['Vanilla', 30]],
};

describe('the menu', () => {
  let app: TestApp;
  let guest: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    guest = app.anonymous();
    manager = await app.manager();
  });
  afterAll(() => app.close());

  async function read(reader = guest): Promise<{ products: ProductDto[]; etag: string }> {
    const { body, headers } = await reader.get(MENU).expect(200);
    return { products: (body as MenuDto).products, etag: String(headers.etag) };
  }

  async function add(name: string, ...variations: string[]): Promise<ProductDto> {
    const product = { name, base_price_cents: 100, variations: variations.map((name) => ({ name })) };
    return (await manager.post(PRODUCTS, product).expect(201)).body as ProductDto;
  }

  it('is the catalog of the seed, products by name and variations as they were given', async () => {
    const { products } = await read();

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

  it('spells names of every alphabet as they were given', async () => {
    const names = ['Crème Brûlée', 'カプチーノ', '☕\u{fe0f} "double"'];

    const added = await Promise.all(names.map((name) => add(name)));

    const { products } = await read();
    for (const [index, { id }] of added.entries())
      expect(products.find((product) => product.id === id)?.name).toBe(names[index]);
    for (const { id } of added) await manager.delete(`${PRODUCTS}/${id}`).expect(204);
  });

  it('is read without a token, and a bad one does not matter', async () => {
    await app
      .anonymous()
      .get(MENU)
      .expect(200)
      .expect('Content-Type', /^application\/json/);
    await new Person(app.url, '', 'expired').get(MENU).expect(200);
  });

  it('sorts names by code point, on every server alike', async () => {
    const names = ['Zimtstern', 'a cake', 'b cake', '\u00c4pfel', '\uff21pple', '\u{1f375} tea'];
    for (const name of names.toReversed()) await add(name);

    const { products } = await read();

    expect(products.map(({ name }) => name).filter((name) => names.includes(name))).toEqual(names);
  });

  it('shows variations in the order in which the manager gave them', async () => {
    const { id } = await add('Chai', 'Zesty', 'Amber', 'Mild');

    const product = (await read()).products.find((product) => product.id === id);

    expect(product?.variations.map(({ name }) => name)).toEqual(['Zesty', 'Amber', 'Mild']);
  });

  it('has no product and no variation that was withdrawn', async () => {
    const [gone, kept] = [await add('Affogato', 'Small'), await add('Mocha', 'Dark', 'White')];
    await manager.delete(`${PRODUCTS}/${gone.id}`).expect(204);
    await manager.patch(`${PRODUCTS}/${kept.id}`, { variations: [{ name: 'White' }] }).expect(200);

    const { products } = await read();

    expect(products.map(({ id }) => id)).not.toContain(gone.id);
    expect(products.find(({ id }) => id === kept.id)?.variations).toEqual([kept.variations[1]]);
  });
});
