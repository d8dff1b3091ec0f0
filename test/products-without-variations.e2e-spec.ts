import { randomUUID } from 'node:crypto';
import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';
const PRODUCTS = '/api/v1/admin/products';

describe('An order of a product without variations', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let productId: string;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  beforeEach(async () => {
    const product = { name: `Banana ${randomUUID()}`, base_price_cents: 120 };
    productId = (await manager.post(PRODUCTS, product).expect(201)).body.id;
  });
  afterAll(() => app.close());

  function line(extra: object = {}): object {
    return { product_id: productId, quantity: 2, ...extra };
  }

  async function place(...items: object[]): Promise<OrderDto> {
    return (await ana.post(ORDERS, { items }).expect(201)).body as OrderDto;
  }

  it.each([
    ['is left out', {}],
    ['is null', { variation_id: null }],
  ])('is placed if variation_id %s', async (_, extra) => {
    const order = await place(line(extra));

    expect(order).toMatchObject({ total_cents: 240, payment: { amount_cents: 240 } });
    expect(order.items).toEqual([
      {
        id: expect.any(String),
        product_id: productId,
        variation_id: null,
        product_name: expect.stringContaining('Banana'),
        variation_name: null,
        quantity: 2,
        product_base_price_cents: 120,
        variation_price_change_cents: 0,
        unit_price_cents: 120,
        line_total_cents: 240,
      },
    ]);
    expect((await ana.get(`${ORDERS}/${order.id}`).expect(200)).body).toEqual(order);
    const list = await manager.get('/api/v1/admin/orders?limit=1').expect(200);
    expect(list.body).toEqual([order]);
  });

  it('may have other lines with variations', async () => {
    const { items } = await ana.orderFor(['Latte', 'Vanilla']);

    const order = await place(...items, line());

    expect(order.items.map((item) => item.variation_name)).toEqual(['Vanilla', null]);
  });

  it('moves through the statuses', async () => {
    const { id, items } = await place(line());

    const { body } = await manager.changeStatus(id, 'preparation').expect(200);

    expect(body.items).toEqual(items);
  });

  it('is replayed byte for byte, whether variation_id is null or left out', async () => {
    const key = randomUUID();
    const first = await ana.placeWithKey({ items: [line()] }, key).expect(201);
    const change = { variations: [{ name: 'Ripe' }] };
    await manager.patch(`${PRODUCTS}/${productId}`, change).expect(200);

    const replay = await ana.placeWithKey({ items: [line({ variation_id: null })] }, key).expect(200);

    expect(replay.text).toBe(first.text);
  });

  it('is refused with 400 if the product is withdrawn', async () => {
    await manager.delete(`${PRODUCTS}/${productId}`).expect(204);

    const { body } = await ana.post(ORDERS, { items: [line()] }).expect(400);

    expect(body.detail).toBe(`Invalid product_id or variation_id: ${productId}, null`);
  });

  it('is refused with 400 if it names a variation', async () => {
    const variationId = randomUUID();

    const { body } = await ana.post(ORDERS, { items: [line({ variation_id: variationId })] }).expect(400);

    expect(body.detail).toBe(`Invalid product_id or variation_id: ${productId}, ${variationId}`);
  });

  it.each([{}, { variation_id: null }])(
    'is refused with 422 if the product has got variations and the line is %j',
    async (extra) => {
      const change = { variations: [{ name: 'Ripe' }] };
      await manager.patch(`${PRODUCTS}/${productId}`, change).expect(200);
      const charges = app.payments.charges.length;
      const { items } = await ana.orderFor(['Latte', 'Vanilla']);

      const { body } = await ana.post(ORDERS, { items: [...items, line(extra)] }).expect(422);

      expect(body).toMatchObject({ code: 'invalid_request', errors: [{ field: 'items.1.variation_id' }] });
      expect(app.payments.charges).toHaveLength(charges);
    },
  );

  it('is possible again for a product whose variations were all withdrawn', async () => {
    await manager.patch(`${PRODUCTS}/${productId}`, { variations: [{ name: 'Ripe' }] }).expect(200);
    await manager.patch(`${PRODUCTS}/${productId}`, { variations: [] }).expect(200);

    await place(line());
  });
});
