import { randomUUID } from 'node:crypto';
import type { ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import { AVAILABLE } from './support/availability.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PRODUCTS = '/api/v1/admin/products';
const MAX_INT4 = 2_147_483_647;

type ProductFields = Record<string, unknown>;

describe('POST /admin/products', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());

  /** Returns a valid request with a unique name. */
  function newProduct(fields: ProductFields = {}): ProductFields {
    const name = `Product ${randomUUID()}`;
    return { name, base_price_cents: 300, variations: [{ name: 'Small' }, { name: 'Large' }], ...fields };
  }

  async function create(fields: ProductFields = {}): Promise<ProductDto> {
    return (await manager.post(PRODUCTS, newProduct(fields)).expect(201)).body as ProductDto;
  }

  async function findOnMenu(id: string): Promise<ProductDto | undefined> {
    const { body } = await ana.get('/api/v1/menu').expect(200);
    return (body.products as ProductDto[]).find((product) => product.id === id);
  }

  it('returns the product with its variations in the requested order', async () => {
    const variations = [
      { name: 'Zesty', price_change_cents: 30 },
      { name: 'Amber' },
      { name: 'Mild', price_change_cents: -100 },
    ];

    const product = await create({ name: 'Flat White', base_price_cents: 420, variations });

    expect(product).toEqual({
      id: expect.any(String),
      name: 'Flat White',
      base_price_cents: 420,
      ...AVAILABLE,
      variations: [
        { id: expect.any(String), name: 'Zesty', price_change_cents: 30, ...AVAILABLE },
        { id: expect.any(String), name: 'Amber', price_change_cents: 0, ...AVAILABLE },
        { id: expect.any(String), name: 'Mild', price_change_cents: -100, ...AVAILABLE },
      ],
    });
  });

  it('adds the product to the menu', async () => {
    const variations = [
      { name: 'Zesty', price_change_cents: 30 },
      { name: 'Amber' },
      { name: 'Mild', price_change_cents: -100 },
    ];
    const product = await create({ variations });

    expect(await findOnMenu(product.id)).toEqual(product);
  });

  it('accepts a free product without variations', async () => {
    expect(await create({ variations: undefined, base_price_cents: 0 })).toMatchObject({ variations: [] });
  });

  it.each([
    ['in lower case', (name: string) => name.toLowerCase()],
    ['in upper case', (name: string) => name.toUpperCase()],
    ['with whitespace around it', (name: string) => `  ${name}\u00a0`],
  ])('returns 409 for an existing name %s', async (_, vary) => {
    const { name } = await create();

    const { body } = await manager.post(PRODUCTS, newProduct({ name: vary(name) })).expect(409);

    expect(body).toMatchObject({
      code: 'duplicate_product_name',
      detail: expect.stringContaining('already'),
    });
  });

  it('returns 409 for an existing name in another case of non-ASCII letters', async () => {
    await create({ name: 'Crème Brûlée' });

    await manager.post(PRODUCTS, newProduct({ name: 'CRÈME BRÛLÉE' })).expect(409);
  });

  it.each([[['Oat', 'Oat']], [['Oat', 'Soy', ' oat ']], [['Müsli', 'MÜSLI']], [['οδοσ', 'ΟΔΟΣ']]])(
    'returns 409 for the duplicate variations %j',
    async (names) => {
      const variations = names.map((name) => ({ name }));

      const { body } = await manager.post(PRODUCTS, newProduct({ variations })).expect(409);

      expect(body.code).toBe('duplicate_variation_name');
    },
  );

  it('creates one product for eight concurrent requests with the same name', async () => {
    const product = newProduct();

    const responses = await Promise.all(Array.from({ length: 8 }, () => manager.post(PRODUCTS, product)));

    const statuses = responses.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([201, ...Array<number>(7).fill(409)]);
  });

  it('accepts the longest names with the highest price', async () => {
    const name = '\u{1f375}'.repeat(255);
    const variations = [{ name, price_change_cents: 0 }];

    expect(await create({ name, base_price_cents: MAX_INT4, variations })).toMatchObject({
      name,
      base_price_cents: MAX_INT4,
      variations: [{ name }],
    });
  });

  it('trims names', async () => {
    const product = await create({ name: '  Long Black ', variations: [{ name: '\u3000Hot ' }] });

    expect(product).toMatchObject({ name: 'Long Black', variations: [{ name: 'Hot' }] });
  });

  it.each([`Robert'); DROP TABLE products; --`, "\\'; SELECT 1 --", '${name} %s $1 :name', '<b>&amp;</b>'])(
    'stores the name %s unchanged',
    async (name) => {
      const { id } = await create({ name, variations: [{ name }] });

      expect(await findOnMenu(id)).toMatchObject({ name, variations: [{ name }] });
    },
  );
});
