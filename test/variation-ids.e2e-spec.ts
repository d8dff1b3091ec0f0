import { randomUUID } from 'node:crypto';
import type { ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import { AVAILABLE } from './support/availability.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PRODUCTS = '/api/v1/admin/products';

describe('PATCH /admin/products/{id} with the ids of variations', () => {
  let app: TestApp;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    manager = await app.manager();
  });
  afterAll(() => app.close());

  /** Creates a product whose variations A, B and C cost 10, 20 and 30 cents more. */
  async function create(): Promise<ProductDto> {
    const variations = ['A', 'B', 'C'].map((name, index) => ({ name, price_change_cents: 10 * (index + 1) }));
    const product = { name: `Product ${randomUUID()}`, base_price_cents: 300, variations };
    return (await manager.post(PRODUCTS, product).expect(201)).body as ProductDto;
  }

  function idsOf(product: ProductDto): [a: string, b: string, c: string] {
    const [a, b, c] = product.variations.map(({ id }) => id);
    return [String(a), String(b), String(c)];
  }

  async function update(id: string, variations: object[]): Promise<ProductDto['variations']> {
    const { body } = await manager.patch(`${PRODUCTS}/${id}`, { variations }).expect(200);
    expect((await manager.get(`${PRODUCTS}/${id}`).expect(200)).body).toEqual(body);
    return (body as ProductDto).variations;
  }

  it('changes nothing if the product is sent back as it was read', async () => {
    const { id } = await create();
    const read = await manager.get(`${PRODUCTS}/${id}`).expect(200);

    const { text, headers } = await manager.patch(`${PRODUCTS}/${id}`, read.text).expect(200);

    expect(text).toBe(read.text);
    expect(headers.etag).toBe(read.headers.etag);
  });

  it('renames a variation, which keeps its id', async () => {
    const product = await create();
    const [a, b, c] = idsOf(product);

    const renamed = await update(product.id, [
      { id: a, name: 'A' },
      { id: b.toUpperCase(), name: 'Bee' },
      { name: 'C' },
    ]);

    expect(renamed).toEqual([
      { id: a, name: 'A', price_change_cents: 10, ...AVAILABLE },
      { id: b, name: 'Bee', price_change_cents: 20, ...AVAILABLE },
      { id: c, name: 'C', price_change_cents: 30, ...AVAILABLE },
    ]);
  });

  it('swaps and rotates names', async () => {
    const product = await create();
    const [a, b, c] = idsOf(product);

    const rotated = await update(product.id, [
      { id: a, name: 'b' },
      { id: b, name: 'C' },
      { id: c, name: 'A' },
    ]);

    expect(rotated.map(({ id, name }) => [id, name])).toEqual([
      [a, 'b'],
      [b, 'C'],
      [c, 'A'],
    ]);
  });

  it('gives a new id to a name whose variation was renamed', async () => {
    const product = await create();
    const [a, b, c] = idsOf(product);

    const [added, renamed] = await update(product.id, [{ name: 'A' }, { id: a, name: 'B' }]);

    expect(renamed).toEqual({ id: a, name: 'B', price_change_cents: 10, ...AVAILABLE });
    expect(added).toEqual({ id: expect.any(String), name: 'A', price_change_cents: 0, ...AVAILABLE });
    expect([a, b, c]).not.toContain(added?.id);
  });

  it.each([
    ['left out', {}],
    ['null', { price_change_cents: null }],
  ])('keeps the price of a variation if price_change_cents is %s', async (_, price) => {
    const product = await create();
    const [a] = idsOf(product);

    const variations = await update(product.id, [
      { id: a, name: 'A', ...price },
      { name: 'b', ...price },
      { name: 'D', ...price },
    ]);

    expect(variations.map((variation) => variation.price_change_cents)).toEqual([10, 20, 0]);
  });

  it('keeps a price only within the range of the unit price', async () => {
    const product = await create();
    await update(product.id, [{ name: 'A', price_change_cents: -200 }]);

    await manager
      .patch(`${PRODUCTS}/${product.id}`, { base_price_cents: 100, variations: [{ name: 'A' }] })
      .expect(422);
  });

  it.each<[string, string, (ids: [string, string, string], other: ProductDto) => object[]]>([
    ['an unknown id', 'variations.1.id', () => [{ name: 'A' }, { id: randomUUID(), name: 'D' }]],
    [
      "another product's variation",
      'variations.0.id',
      (_, { variations }) => [{ id: variations[0]?.id, name: 'A' }],
    ],
    [
      'the same id twice',
      'variations.2.id',
      ([a, b]) => [
        { id: a, name: 'A' },
        { id: b, name: 'B' },
        { id: a, name: 'C' },
      ],
    ],
    ['a malformed id', 'variations.0.id', () => [{ id: 'A', name: 'A' }]],
    ['a number as id', 'variations.0.id', () => [{ id: 1, name: 'A' }]],
  ])('returns 422 for %s', async (_, field, variations) => {
    const product = await create();
    const body = { variations: variations(idsOf(product), await create()) };

    const response = await manager.patch(`${PRODUCTS}/${product.id}`, body).expect(422);

    expect(response.body.errors).toEqual([{ field, message: expect.any(String) }]);
    expect((await manager.get(`${PRODUCTS}/${product.id}`)).body).toEqual(product);
  });

  it('returns 422 for the id of a withdrawn variation', async () => {
    const product = await create();
    const [a] = idsOf(product);
    await update(product.id, []);

    await manager.patch(`${PRODUCTS}/${product.id}`, { variations: [{ id: a, name: 'A' }] }).expect(422);
  });

  it('returns 409 if a rename gives two variations one name', async () => {
    const product = await create();
    const [a] = idsOf(product);

    const variations = [{ id: a, name: 'b' }, { name: 'B' }];
    await manager.patch(`${PRODUCTS}/${product.id}`, { variations }).expect(409);
  });

  it('returns 422 for the id of another product', async () => {
    const [product, other] = [await create(), await create()];

    const { body } = await manager.patch(`${PRODUCTS}/${product.id}`, other).expect(422);

    expect(body.errors).toEqual([{ field: 'id', message: 'id must be the id in the path' }]);
  });
});
