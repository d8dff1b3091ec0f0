import { randomUUID } from 'node:crypto';
import type { ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import { AVAILABLE } from './support/availability.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PRODUCTS = '/api/v1/admin/products';
const MAX_INT4 = 2_147_483_647;

type ProductFields = Record<string, unknown>;

describe('PATCH /admin/products/{id}', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());

  /** Creates a product with a unique name. */
  async function create(fields: ProductFields = {}): Promise<ProductDto> {
    const name = `Product ${randomUUID()}`;
    const variations = [{ name: 'Small' }, { name: 'Large' }];
    const { body } = await manager
      .post(PRODUCTS, { name, base_price_cents: 300, variations, ...fields })
      .expect(201);
    return body as ProductDto;
  }

  async function update(id: string, fields: ProductFields): Promise<ProductDto> {
    return (await manager.patch(`${PRODUCTS}/${id}`, fields).expect(200)).body as ProductDto;
  }

  async function findOnMenu(id: string): Promise<ProductDto | undefined> {
    const { body } = await ana.get('/api/v1/menu').expect(200);
    return (body.products as ProductDto[]).find((product) => product.id === id);
  }

  it.each([
    ['name', { name: 'Red Eye' }],
    ['price', { base_price_cents: 555 }],
    ['variations', { variations: [] }],
    ['name and price', { name: 'Black Eye', base_price_cents: 1 }],
  ])('changes only the %s', async (_, fields) => {
    const product = await create();

    const updated = await update(product.id, fields);

    expect(updated).toEqual(Object.assign(product, fields));
    expect(await findOnMenu(product.id)).toEqual(updated);
  });

  it('changes nothing for an empty object', async () => {
    const product = await create();

    expect(await update(product.id, {})).toEqual(product);
  });

  it.each(['', 'application/json'])(
    'changes nothing for a request without a body, content type "%s"',
    async (type) => {
      const product = await create();
      const headers = {
        Authorization: `Bearer ${manager.token ?? ''}`,
        ...(type && { 'Content-Type': type }),
      };

      const response = await fetch(`${app.url}${PRODUCTS}/${product.id}`, { method: 'PATCH', headers });

      expect(response.status).toBe(200);
      expect(await response.json()).toEqual(product);
    },
  );

  it('replaces the variations except for those with equal names', async () => {
    const product = await create({ variations: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] });
    const [a, , c] = product.variations;

    const updated = await update(product.id, {
      variations: [{ name: 'c', price_change_cents: 10 }, { name: 'D' }, { name: 'A' }],
    });

    expect(updated.variations).toEqual([
      { id: c?.id, name: 'c', price_change_cents: 10, ...AVAILABLE },
      { id: expect.any(String), name: 'D', price_change_cents: 0, ...AVAILABLE },
      a,
    ]);
    expect(await findOnMenu(product.id)).toEqual(updated);
  });

  it('applies each of several concurrent variation lists as a whole', async () => {
    const { id } = await create();
    const lists = [
      ['A', 'B', 'Small'],
      ['C', 'A'],
      ['B', 'C', 'Large'],
    ];
    const requests = lists.map((names) => ({ variations: names.map((name) => ({ name })) }));

    await Promise.all(requests.map((request) => update(id, request)));

    const product = await findOnMenu(id);
    expect(lists).toContainEqual(product?.variations.map(({ name }) => name));
  });

  it.each([[['Oat', 'Oat']], [['Oat', 'Soy', ' oat ']], [['Müsli', 'MÜSLI']], [['οδοσ', 'ΟΔΟΣ']]])(
    'returns 409 for the duplicate variations %j',
    async (names) => {
      const product = await create();
      const variations = names.map((name) => ({ name }));

      const { body } = await manager.patch(`${PRODUCTS}/${product.id}`, { variations }).expect(409);

      expect(body.code).toBe('duplicate_variation_name');
      expect(await findOnMenu(product.id)).toEqual(product);
    },
  );

  it.each([99, MAX_INT4 - 99])(
    'returns 422 for the base price %i if it takes a unit price out of range',
    async (cents) => {
      const product = await createWithPriceChanges(-100, 100);

      const { body } = await manager
        .patch(`${PRODUCTS}/${product.id}`, { base_price_cents: cents })
        .expect(422);

      expect(body.code).toBe('impossible_unit_price');
      expect(await findOnMenu(product.id)).toEqual(product);
    },
  );

  it('accepts a base price that takes a unit price to zero', async () => {
    const product = await createWithPriceChanges(-100, 100);

    await update(product.id, { base_price_cents: 100 });
  });

  it("returns 409 for another product's name without applying the other fields", async () => {
    const product = await create();

    await manager
      .patch(`${PRODUCTS}/${product.id}`, { name: 'LATTE', base_price_cents: 1, variations: [] })
      .expect(409);

    expect(await findOnMenu(product.id)).toEqual(product);
  });

  it("returns 409 for another product's name in another case of non-ASCII letters", async () => {
    await create({ name: 'Crème Brûlée' });
    const { id } = await create();

    await manager.patch(`${PRODUCTS}/${id}`, { name: 'crème BRÛLÉE' }).expect(409);
  });

  it("accepts the product's own name in another case", async () => {
    const { id, name } = await create();

    expect(await update(id, { name: name.toUpperCase() })).toMatchObject({ id });
  });

  function createWithPriceChanges(...changes: number[]): Promise<ProductDto> {
    const variations = changes.map((cents) => ({ name: `Change ${cents}`, price_change_cents: cents }));
    return create({ variations });
  }
});
