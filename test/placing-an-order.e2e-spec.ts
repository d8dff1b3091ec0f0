import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import { approveWith } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';
const UNKNOWN_ID = '00000000-0000-0000-0000-000000000000';

interface Line {
  product_id: string;
  variation_id: string;
}

describe('POST /orders', () => {
  let app: TestApp;
  let ana: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
  });
  afterAll(() => app.close());

  it('returns 201 with the complete order', async () => {
    const body = await ana.orderFor(['Latte', 'Pumpkin Spice', 2], ['Donuts', 'Glazed']);

    const response = await ana
      .post(ORDERS, { ...body, total_cents: 1100, metadata: { table: 4 } })
      .expect(201);

    const order = response.body as OrderDto;
    expect(order).toEqual({
      id: expect.any(String),
      customer_id: ana.id,
      status: 'waiting',
      total_cents: 1100,
      metadata: { table: 4 },
      created_at: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
      updated_at: order.created_at,
      items: [
        {
          id: expect.any(String),
          ...body.items[0],
          product_name: 'Latte',
          variation_name: 'Pumpkin Spice',
          product_base_price_cents: 400,
          variation_price_change_cents: 50,
          unit_price_cents: 450,
          line_total_cents: 900,
        },
        expect.objectContaining({ product_name: 'Donuts', quantity: 1, line_total_cents: 200 }),
      ],
      payment: { id: expect.any(String), amount_cents: 1100, response_status_code: 200 },
      number: expect.any(Number),
      pickup_name: null,
      note: null,
      cancellation: null,
      refunded_cents: 0,
    });
  });

  it('charges the computed total once', async () => {
    const charges = app.payments.charges.length;

    await ana.placeOrder(['Latte', 'Pumpkin Spice', 2], ['Donuts', 'Glazed']);

    expect(app.payments.charges).toHaveLength(charges + 1);
    expect(app.payments.requests.at(-1)?.body).toBe('{"value":1100}');
  });

  it('sends the provider a different idempotency key for each order', async () => {
    await ana.placeOrder(['Latte', 'Vanilla']);
    await ana.placeOrder(['Latte', 'Vanilla']);

    const keys = app.payments.requests.slice(-2).map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
    expect(keys).not.toContain(undefined);
  });

  it('keeps the order of the lines, including repeated ones', async () => {
    const order = await ana.placeOrder(
      ['Espresso', 'Double Shot'],
      ['Donuts', 'Jelly', 3],
      ['Espresso', 'Double Shot', 2],
    );

    expect(order.items.map((item) => [item.variation_name, item.quantity])).toEqual([
      ['Double Shot', 1],
      ['Jelly', 3],
      ['Double Shot', 2],
    ]);
    expect((await ana.get(`${ORDERS}/${order.id}`).expect(200)).body).toEqual(order);
  });

  it("stores the request to the provider with the provider's response", async () => {
    app.payments.once(approveWith('{"receipt":"r-1"}', 202));

    const order = await ana.placeOrder(['Macchiato', 'Caramel']);

    expect(order.payment.response_status_code).toBe(202);
    const [payment] = await app.database.query(
      'SELECT request_payload, response_payload FROM payments WHERE order_id = $1',
      [order.id],
    );
    expect(payment).toEqual({ request_payload: { value: 450 }, response_payload: { receipt: 'r-1' } });
  });

  it('returns 409 without a charge for a wrong total', async () => {
    const requests = app.payments.requests.length;

    const { body } = await ana
      .post(ORDERS, { ...(await ana.orderFor(['Latte', 'Vanilla'])), total_cents: 400 })
      .expect(409);

    expect(body).toMatchObject({
      detail: 'Total mismatch: computed 430, received 400',
      computed_total_cents: 430,
    });
    expect(app.payments.requests).toHaveLength(requests);
  });

  it.each<[string, (latte: Line, donuts: Line) => [product: string, variation: string]]>([
    ["another product's variation", (latte, donuts) => [latte.product_id, donuts.variation_id]],
    ['an unknown product', (latte) => [UNKNOWN_ID, latte.variation_id]],
    ['an unknown variation', (latte) => [latte.product_id, UNKNOWN_ID]],
  ])('returns 400 for %s', async (_, idsFrom) => {
    const { items } = await ana.orderFor(['Latte', 'Vanilla'], ['Donuts', 'Glazed']);
    const [product, variation] = idsFrom(items[0]!, items[1]!);
    const line = { product_id: product, variation_id: variation, quantity: 1 };

    const { body } = await ana.post(ORDERS, { items: [line] }).expect(400);

    expect(body.detail).toBe(`Invalid product_id or variation_id: ${product}, ${variation}`);
  });

  it('allows managers to order', async () => {
    const manager = await app.manager();

    expect(await manager.placeOrder(['Latte', 'Hazelnut'])).toMatchObject({ customer_id: manager.id });
  });
});
