import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import { approveWith } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('placing an order', () => {
  let app: TestApp;
  let ana: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
  });
  afterAll(() => app.close());

  it('charges the computed total once and answers 201 with the whole order', async () => {
    const body = await ana.orderFor(['Latte', 'Pumpkin Spice', 2], ['Donuts', 'Glazed']);
    const before = app.payments.charges.length;

    const response = await ana
      .post('/api/v1/orders', { ...body, total_cents: 1100, metadata: { table: 4 } })
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
    });
    expect(app.payments.charges).toHaveLength(before + 1);
    expect(app.payments.requests.at(-1)?.body).toBe('{"value":1100}');
  });

  it('sends the provider a key of its own for each attempt', async () => {
    await ana.placeOrder(['Latte', 'Vanilla']);
    await ana.placeOrder(['Latte', 'Vanilla']);

    const keys = app.payments.requests.slice(-2).map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
    expect(keys).not.toContain(undefined);
  });

  it('keeps the lines in the order in which they were asked for, also the same one twice', async () => {
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
    expect((await ana.get(`/api/v1/orders/${order.id}`).expect(200)).body).toEqual(order);
  });

  it('keeps what was sent to the provider and what came back', async () => {
    app.payments.once(approveWith('{"receipt":"r-1"}', 202));

    const order = await ana.placeOrder(['Macchiato', 'Caramel']);

    expect(order.payment.response_status_code).toBe(202);
    const [payment] = await app.database.query(
      'SELECT request_payload, response_payload FROM payments WHERE order_id = $1',
      [order.id],
    );
    expect(payment).toEqual({ request_payload: { value: 450 }, response_payload: { receipt: 'r-1' } });
  });

  it('refuses a total that is not what the menu says, before anything is charged', async () => {
    const requests = app.payments.requests.length;

    const { body } = await ana
      .post('/api/v1/orders', { ...(await ana.orderFor(['Latte', 'Vanilla'])), total_cents: 400 })
      .expect(409);

    expect(body.detail).toBe('Total mismatch: computed 430, received 400');
    expect(app.payments.requests).toHaveLength(requests);
  });

  it("refuses another product's variation, and products that are not on the menu", async () => {
    const { items } = await ana.orderFor(['Latte', 'Vanilla'], ['Donuts', 'Glazed']);
    const [latte, donuts] = items;
    const nowhere = '00000000-0000-0000-0000-000000000000';

    for (const [product, variation] of [
      [latte?.product_id, donuts?.variation_id],
      [nowhere, latte?.variation_id],
      [latte?.product_id, nowhere],
    ]) {
      const line = { product_id: product, variation_id: variation, quantity: 1 };
      const { body } = await ana.post('/api/v1/orders', { items: [line] }).expect(400);
      expect(body.detail).toBe(`Invalid product_id or variation_id: ${product}, ${variation}`);
    }
  });

  it('lets managers order too', async () => {
    const manager = await app.manager();

    expect(await manager.placeOrder(['Latte', 'Hazelnut'])).toMatchObject({ customer_id: manager.id });
  });
});
