import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { eventually } from '../support/eventually.js';
import { HeldCharge } from '../support/held-charge.js';
import { chargeAndReset, decline } from '../support/payment-stub.js';
import { ShopContext } from './shop-context.js';

const CUSTOMERS = 8;
const ORDERS_EACH = 5;
const LIMIT = 5;
const WAITING = `
  SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

describe('the limit of open orders', () => {
  let context: ShopContext;

  beforeAll(async () => {
    context = await ShopContext.start();
  });
  beforeEach(async () => {
    await context.limit(null);
    await context.app.database.query(`UPDATE orders SET status = 'delivered'`);
    await context.app.database.query(
      `UPDATE order_placements SET state = 'declined' WHERE state IN ('charging', 'unknown')`,
    );
  });
  afterAll(() => context.close());

  /** Runs `work`, and lets no new placement be committed before more of them than the limit wait for that. */
  async function whileBeginsWait<Result>(work: () => Promise<Result>): Promise<Result> {
    const client = new pg.Client(context.app.database.url);
    await client.connect();
    // A placement waits for its customer's row when it is written.
    await client.query('BEGIN; SELECT FROM users FOR UPDATE');
    const working = work();
    await eventually('more waiting placements than the limit', async () => {
      const [row] = await context.app.database.query<{ waiting: number }>(WAITING);
      return (row?.waiting ?? 0) > LIMIT;
    });
    await client.end();
    return working;
  }

  it('is exact for 40 concurrent orders through two processes', async () => {
    const order = await context.customer.orderFor(['Latte', 'Vanilla']);
    const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => context.app.customer()));
    await context.place();
    await context.limit(1);
    await eventually('the signals in the second process', async () => {
      return (await context.shopOfSecondApi()).reason === 'busy';
    });
    await context.limit(LIMIT);
    const room = LIMIT - 1;
    const charges = context.app.payments.requests.length;

    const responses = await whileBeginsWait(() =>
      Promise.all(
        customers.flatMap((customer, index) => {
          const client = index % 2 === 0 ? customer : customer.at(context.secondUrl);
          return Array.from({ length: ORDERS_EACH }, () => client.placeWithKey(order, randomUUID()));
        }),
      ),
    );

    const codes = responses.map(({ status, body }) => (status === 201 ? 'placed' : String(body.code)));
    expect(codes.filter((code) => code === 'placed')).toHaveLength(room);
    expect(codes.filter((code) => code === 'shop_busy')).toHaveLength(CUSTOMERS * ORDERS_EACH - room);
    expect(context.app.payments.requests).toHaveLength(charges + room);
  });

  it('counts orders whose charge runs', async () => {
    const held = new HeldCharge();
    context.app.payments.once(held.behaviour);
    const placing = context.place();
    await held.arrived;
    await context.limit(1);

    expect((await context.place(context.manager)).body.code).toBe('shop_busy');

    held.release();
    expect((await placing).status).toBe(201);
  });

  it('counts orders whose charge is unknown', async () => {
    context.app.payments.once(chargeAndReset);
    expect((await context.place()).status).toBe(503);
    await context.limit(1);

    expect((await context.place(context.manager)).body.code).toBe('shop_busy');
  });

  it('has room again after a delivery, a cancellation and a decline', async () => {
    await context.limit(1);
    const { body } = await context.place();
    for (const status of ['preparation', 'ready', 'delivered'])
      await context.manager.changeStatus(body.id, status).expect(200);
    const second = await context.place();
    await context.customer.post(`/api/v1/orders/${second.body.id}/cancel`).expect(200);
    context.app.payments.once(decline());
    expect((await context.place()).status).toBe(402);

    expect((await context.place()).status).toBe(201);
    expect((await context.place()).body.code).toBe('shop_busy');
  });

  it('is shown by GET /shop, and no longer when there is room', async () => {
    const { body } = await context.place();
    expect(await context.limit(1)).toMatchObject({ open: false, reason: 'busy' });

    await context.customer.post(`/api/v1/orders/${body.id}/cancel`).expect(200);

    expect(await context.shop()).toMatchObject({ open: true, reason: null });
  });
});
