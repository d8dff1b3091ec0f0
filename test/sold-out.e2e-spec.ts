import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { MenuDto, ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import { createApi } from '../apps/api/create-api.js';
import { Config } from '#config';
import { AVAILABLE, availabilityPath, SOLD_OUT } from './support/availability.js';
import { eventually } from './support/eventually.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const MENU = '/api/v1/menu';
const PRODUCTS = '/api/v1/admin/products';
const TARGETS: [name: string, variations: string[]][] = [
  ['a product', []],
  ['a variation', ['Oat']],
];

describe('what is sold out, with two API processes,', () => {
  let app: TestApp;
  let secondApi: Awaited<ReturnType<typeof createApi>>;
  let urls: string[];
  let customer: Person;
  let barista: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    secondApi = await createApi(Config.from(app.environment));
    await secondApi.listen(0, '127.0.0.1');
    urls = [app.url, await secondApi.getUrl()];
    [customer, barista, manager] = await Promise.all([app.customer(), app.barista(), app.manager()]);
  });
  afterAll(async () => {
    await secondApi.close();
    await app.close();
  });

  async function create(...variations: string[]): Promise<ProductDto> {
    const named = variations.map((name) => ({ name }));
    const body = { name: `Product ${randomUUID()}`, base_price_cents: 300, variations: named };
    return (await manager.post(PRODUCTS, body).expect(201)).body as ProductDto;
  }

  /** Returns the path of the product, or of its first variation, and the body of an order for it. */
  function targetOf(product: ProductDto): { path: string; order: object } {
    const [variation] = product.variations;
    const line = { product_id: product.id, variation_id: variation?.id ?? null, quantity: 1 };
    return { path: availabilityPath(product, variation && 0), order: { items: [line] } };
  }

  /** Returns the state of the product's first variation, or of the product if it has none, as a process shows it. */
  async function stateAt(url: string, id: string): Promise<object> {
    const { body } = await customer.at(url).get(MENU).expect(200);
    const product = (body as MenuDto).products.find((candidate) => candidate.id === id);
    const { sold_out, sold_out_until } = product?.variations[0] ?? product!;
    return { sold_out, sold_out_until };
  }

  async function etagsOfMenu(): Promise<Set<unknown>> {
    const menus = await Promise.all(urls.map((url) => customer.at(url).get(MENU).expect(200)));
    return new Set(menus.map(({ headers }) => headers.etag));
  }

  async function waitForState(url: string, id: string, expected: object): Promise<void> {
    await eventually(`the state ${JSON.stringify(expected)}`, async () =>
      isDeepStrictEqual(await stateAt(url, id), expected),
    );
  }

  /** Returns the rows of the product with their versions, which every write changes. */
  async function rowsOf(id: string): Promise<object[]> {
    return app.database.query(
      `SELECT p.xmin AS "productVersion", v.xmin AS "variationVersion", p.sold_out_until, v.sold_out_until AS until
         FROM products p LEFT JOIN product_variations v ON v.product_id = p.id WHERE p.id = $1`,
      [id],
    );
  }

  it.each(TARGETS)('is shown by both processes: %s', async (_, variations) => {
    const product = await create(...variations);
    const { path, order } = targetOf(product);

    await barista.put(path, { sold_out: true }).expect(200);

    expect(await stateAt(app.url, product.id)).toEqual(SOLD_OUT);
    for (const url of urls) await waitForState(url, product.id, SOLD_OUT);
    for (const url of urls)
      expect((await customer.at(url).post('/api/v1/orders', order).expect(409)).body.code).toBe('sold_out');
  });

  it.each(TARGETS)('ends by its time in both, without a write: %s', async (_, variations) => {
    const product = await create(...variations);
    const { path, order } = targetOf(product);
    const far = new Date(Date.now() + 3_600_000).toISOString();
    await barista.put(path, { sold_out: true, until: far }).expect(200);
    for (const url of urls) await waitForState(url, product.id, { sold_out: true, sold_out_until: far });
    const former = await etagsOfMenu();
    const near = new Date(Date.now() + 1_000).toISOString();
    await barista.put(path, { sold_out: true, until: near }).expect(200);
    const rows = await rowsOf(product.id);

    for (const url of urls) await waitForState(url, product.id, AVAILABLE);

    expect(Date.now()).toBeGreaterThan(Date.parse(near) - 50);
    const etags = await etagsOfMenu();
    expect([former.size, etags.size]).toEqual([1, 1]);
    expect(etags).not.toEqual(former);
    for (const url of urls) await customer.at(url).post('/api/v1/orders', order).expect(201);
    expect(await rowsOf(product.id)).toEqual(rows);
  });

  it('refuses an order with each of its lines that is sold out, and charges nothing', async () => {
    const [oat, plain, available] = [await create('Oat'), await create(), await create()];
    for (const { path } of [oat, plain].map(targetOf))
      await barista.put(path, { sold_out: true }).expect(200);
    const items = [oat, plain, available, oat].map(({ id, variations: [variation] }, index) => ({
      product_id: id,
      ...(variation && { variation_id: variation.id }),
      quantity: index + 1,
    }));
    const charges = app.payments.requests.length;

    const { body, headers } = await customer.placeWithKey({ items }).expect(409);

    const soldOut = [
      { product_id: oat.id, variation_id: oat.variations[0]?.id },
      { product_id: plain.id, variation_id: null },
    ];
    expect(body).toMatchObject({ code: 'sold_out', items: soldOut });
    expect(headers).not.toHaveProperty('retry-after');
    expect(app.payments.requests).toHaveLength(charges);
  });

  it('refuses the order of a manager', async () => {
    const { path, order } = targetOf(await create());
    await barista.put(path, { sold_out: true }).expect(200);

    expect((await manager.post('/api/v1/orders', order).expect(409)).body.code).toBe('sold_out');
  });

  it('leaves the key of a refused order free', async () => {
    const { path, order } = targetOf(await create());
    const key = randomUUID();
    await barista.put(path, { sold_out: true }).expect(200);
    await customer.placeWithKey(order, key).expect(409);

    await barista.put(path, { sold_out: false }).expect(200);

    await customer.placeWithKey(order, key).expect(201);
  });

  it('does not change the response to a used key', async () => {
    const { path, order } = targetOf(await create());
    const key = randomUUID();
    const first = await customer.placeWithKey(order, key).expect(201);

    await barista.put(path, { sold_out: true }).expect(200);

    expect((await customer.placeWithKey(order, key).expect(200)).text).toBe(first.text);
  });

  it('is refused with invalid_order_line if another line is withdrawn', async () => {
    const [soldOut, withdrawn] = [await create(), await create()];
    await barista.put(targetOf(soldOut).path, { sold_out: true }).expect(200);
    await manager.delete(`${PRODUCTS}/${withdrawn.id}`).expect(204);
    const items = [soldOut, withdrawn].map(({ id }) => ({ product_id: id, quantity: 1 }));

    expect((await customer.placeWithKey({ items }).expect(400)).body.code).toBe('invalid_order_line');
  });
});
