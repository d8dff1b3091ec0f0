import { randomUUID } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { MenuDto, ProductDto } from '../apps/api/catalog/dto/product.dto.js';
import { createApi } from '../apps/api/create-api.js';
import { Config } from '#config';
import { StatementLog, type Statement } from './scale/statement-log.js';
import { AVAILABLE } from './support/availability.js';
import { eventually } from './support/eventually.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const MENU = '/api/v1/menu';
const PRODUCTS = '/api/v1/admin/products';

describe('what is sold out, with two API processes,', () => {
  let app: TestApp;
  let secondApi: INestApplication;
  let secondUrl: string;
  let customer: Person;
  let barista: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    secondApi = await createApi(Config.from(app.environment));
    await secondApi.listen(0, '127.0.0.1');
    secondUrl = await secondApi.getUrl();
    [customer, barista, manager] = await Promise.all([app.customer(), app.barista(), app.manager()]);
  });
  afterAll(async () => {
    await secondApi.close();
    await app.close();
  });

  async function create(...variations: string[]): Promise<ProductDto> {
    const product = { name: `Product ${randomUUID()}`, base_price_cents: 300 };
    const body = { ...product, variations: variations.map((name) => ({ name })) };
    return (await manager.post(PRODUCTS, body).expect(201)).body as ProductDto;
  }

  /** Returns the path of the product, or of its first variation, and the body of an order for it. */
  function targetOf({ id, variations: [variation] }: ProductDto): { path: string; order: object } {
    const path = variation ? `${PRODUCTS}/${id}/variations/${variation.id}` : `${PRODUCTS}/${id}`;
    return {
      path: `${path}/availability`,
      order: { items: [{ product_id: id, variation_id: variation?.id ?? null, quantity: 1 }] },
    };
  }

  /** Returns the state of the product's first variation, or of the product if it has none, as a process shows it. */
  async function stateAt(url: string, id: string): Promise<{ state: object; etag: string }> {
    const { body, headers } = await customer.at(url).get(MENU).expect(200);
    const product = (body as MenuDto).products.find((candidate) => candidate.id === id);
    const { sold_out, sold_out_until } = product?.variations[0] ?? product!;
    return { state: { sold_out, sold_out_until }, etag: String(headers.etag) };
  }

  async function waitForState(url: string, id: string, expected: object): Promise<void> {
    await eventually(`the state ${JSON.stringify(expected)}`, async () => {
      const { state } = await stateAt(url, id);
      return JSON.stringify(state) === JSON.stringify(expected);
    });
  }

  /** Returns the rows of the product with their versions, which every write changes. */
  async function rowsOf(id: string): Promise<object[]> {
    return app.database.query(
      `SELECT p.xmin AS "productVersion", v.xmin AS "variationVersion", p.sold_out_until, v.sold_out_until AS until
         FROM products p LEFT JOIN product_variations v ON v.product_id = p.id WHERE p.id = $1`,
      [id],
    );
  }

  it.each([
    ['a product', []],
    ['a variation', ['Oat']],
  ])('is seen at once where it is marked, and soon in the other: %s', async (_, variations) => {
    const product = await create(...variations);
    const { path, order } = targetOf(product);
    const soldOut = { sold_out: true, sold_out_until: null };

    await barista.put(path, { sold_out: true }).expect(200);

    expect((await stateAt(app.url, product.id)).state).toEqual(soldOut);
    await waitForState(secondUrl, product.id, soldOut);
    for (const url of [app.url, secondUrl])
      expect((await customer.at(url).post('/api/v1/orders', order).expect(409)).body.code).toBe('sold_out');
  });

  it.each([
    ['a product', []],
    ['a variation', ['Oat']],
  ])('ends by its time in both, without a write: %s', async (_, variations) => {
    const product = await create(...variations);
    const { path, order } = targetOf(product);
    const until = new Date(Date.now() + 1_500).toISOString();
    await barista.put(path, { sold_out: true, until }).expect(200);
    const rows = await rowsOf(product.id);
    const former: string[] = [];
    for (const url of [app.url, secondUrl]) {
      await waitForState(url, product.id, { sold_out: true, sold_out_until: until });
      former.push((await stateAt(url, product.id)).etag);
    }

    for (const url of [app.url, secondUrl]) await waitForState(url, product.id, AVAILABLE);

    const etags = await Promise.all(
      [app.url, secondUrl].map(async (url) => (await stateAt(url, product.id)).etag),
    );
    expect(new Set(former).size).toBe(1);
    expect(new Set(etags).size).toBe(1);
    expect(etags[0]).not.toBe(former[0]);
    for (const url of [app.url, secondUrl]) await customer.at(url).post('/api/v1/orders', order).expect(201);
    expect(await rowsOf(product.id)).toEqual(rows);
  });

  it('refuses an order with each of its lines that is sold out, and charges nothing', async () => {
    const [oat, plain, available] = [await create('Oat'), await create(), await create()];
    for (const product of [oat, plain])
      await barista.put(targetOf(product).path, { sold_out: true }).expect(200);
    const items = [oat, plain, available, oat].map(({ id, variations: [variation] }, index) => ({
      product_id: id,
      ...(variation && { variation_id: variation.id }),
      quantity: index + 1,
    }));
    const charges = app.payments.requests.length;

    const { body, headers } = await customer.placeWithKey({ items }).expect(409);

    expect(body).toMatchObject({ code: 'sold_out', status: 409 });
    expect(body.items).toEqual([
      { product_id: oat.id, variation_id: oat.variations[0]?.id },
      { product_id: plain.id, variation_id: null },
    ]);
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

  it('is refused after what is unknown or withdrawn', async () => {
    const [soldOut, withdrawn] = [await create(), await create()];
    await barista.put(targetOf(soldOut).path, { sold_out: true }).expect(200);
    await manager.delete(`${PRODUCTS}/${withdrawn.id}`).expect(204);
    const items = [soldOut, withdrawn].map(({ id }) => ({ product_id: id, quantity: 1 }));

    expect((await customer.placeWithKey({ items }).expect(400)).body.code).toBe('invalid_order_line');
  });

  it('costs no statement, neither of the menu nor of an order', async () => {
    const { id } = await create();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await barista.put(`${PRODUCTS}/${id}/availability`, { sold_out: true, until }).expect(200);
    const order = await customer.orderFor(['Latte', 'Vanilla']);
    const log = new StatementLog(app.api.get(DataSource));

    const readMenu = (): Promise<Statement[]> => log.capture(() => customer.get(MENU).expect(200));
    await eventually('the signal of the mark', async () => (await readMenu()).length === 0);

    const ofMenu = await readMenu();
    const ofOrder = await log.capture(() => customer.placeWithKey(order).expect(201));

    expect(ofMenu).toEqual([]);
    expect(ofOrder.length).toBeGreaterThan(0);
    expect(ofOrder.filter(({ sql }) => /\bproducts\b/.test(sql))).toEqual([]);
  });
});
