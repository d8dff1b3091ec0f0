import { randomUUID } from 'node:crypto';
import type { ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PRODUCTS = '/api/v1/admin/products';

describe('Names of products and variations', () => {
  let app: TestApp;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    manager = await app.manager();
  });
  afterAll(() => app.close());

  async function create(name: string, ...variations: string[]): Promise<ProductDto> {
    const body = { name, base_price_cents: 300, variations: variations.map((name) => ({ name })) };
    return (await manager.post(PRODUCTS, body).expect(201)).body as ProductDto;
  }

  it.each([
    'Latte\u200b',
    '\u202eLatte',
    '\u2067Latte\u2069',
    'L\u00adatte',
    '\ufeffLatte',
    'Latte\ufe0f',
    'Latte\u3164',
  ])('are duplicates if they look like another: %j', async (name) => {
    const { body } = await manager.post(PRODUCTS, { name, base_price_cents: 1 }).expect(409);

    expect(body.code).toBe('duplicate_product_name');
  });

  it.each([
    'Iced  Coffee',
    ' Iced\u00a0Coffee\u3000',
    'Iced\u2003Coffee',
    'ICED\u2028COFFEE',
    'Iced \u200b Coffee',
  ])('are duplicates if only blanks differ: %j', async (name) => {
    const espresso = await create(randomUUID());

    await manager.patch(`${PRODUCTS}/${espresso.id}`, { name }).expect(409);
  });

  it('are duplicates within a product if they look equal', async () => {
    const variations = [{ name: 'Oat Milk' }, { name: 'oat\u00a0\u200bmilk' }];
    const body = { name: randomUUID(), base_price_cents: 1, variations };

    await manager.post(PRODUCTS, body).expect(409);
  });

  it('are stored as they look', async () => {
    const id = randomUUID();

    const product = await create(` Cafe\u0301\u200b\u3000${id}\u2060 `, 'Oat\u00a0\u00a0Milk\u200d');

    expect(product.name).toBe(`Caf\u00e9 ${id}`);
    expect(product.variations[0]?.name).toBe('Oat Milk');
  });

  it('find the variation that they look like', async () => {
    const { id, variations } = await create(randomUUID(), 'Oat Milk');

    const { body } = await manager
      .patch(`${PRODUCTS}/${id}`, { variations: [{ name: 'OAT\u2009MILK\u200b' }] })
      .expect(200);

    expect(body.variations).toMatchObject([{ id: variations[0]?.id, name: 'OAT MILK' }]);
  });

  it('count their characters after cleaning', async () => {
    const long = 'n\ufe0f'.repeat(255);
    const { name, variations } = await create(long, long);

    expect([name, variations[0]?.name]).toEqual(['n'.repeat(255), 'n'.repeat(255)]);
  });

  it.each(['\t', '\n', '\r\n', '\u0007', '\u001b[31m', '\u007f', '\u0085', '\u009f'])(
    'are refused with control characters: %j',
    async (control) => {
      for (const text of [`${control}Mocha`, `Moc${control}ha`, `Mocha${control}`]) {
        const body = { name: text, base_price_cents: 1, variations: [{ name: text }] };
        const response = await manager.post(PRODUCTS, body).expect(422);

        expect(response.body.errors).toEqual([
          { field: 'name', message: 'name must not contain control characters' },
          { field: 'variations.0.name', message: 'name must not contain control characters' },
        ]);
      }
    },
  );

  it.each(['\u200b', '\u202e\u202c', ' \u200b\u00a0', '\ufe0f', '\ud83d'])(
    'are refused if nothing can be seen: %j',
    async (name) => {
      const { body } = await manager.post(PRODUCTS, { name, base_price_cents: 1 }).expect(422);

      expect(body.errors).toEqual([{ field: 'name', message: expect.any(String) }]);
    },
  );
});
