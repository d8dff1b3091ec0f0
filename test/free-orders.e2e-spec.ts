import { randomUUID } from 'node:crypto';
import { ApiProcess } from './support/api-process.js';
import { eventually } from './support/eventually.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

/** Short, because the lease of a killed process lasts at least as long. */
const PAYMENT_TIMEOUT_MS = '200';

describe('An order with a total of 0', () => {
  let app: TestApp;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;
  let paidOrder: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'unknown', PAYMENT_TIMEOUT_MS });
    const manager = await app.manager();
    const product = { name: 'Tap Water', base_price_cents: 0, variations: [{ name: 'Glass' }] };
    await manager.post('/api/v1/admin/products', product).expect(201);
    ana = await app.customer();
    order = await ana.orderFor(['Tap Water', 'Glass', 2]);
    paidOrder = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterEach(() => expect(app.payments.requests).toHaveLength(0));
  afterAll(() => app.close());

  it('is placed without a request to the payment provider', async () => {
    const key = randomUUID();

    const placed = await ana.placeWithKey({ ...order, total_cents: 0 }, key).expect(201);

    expect(placed.body).toMatchObject({
      total_cents: 0,
      payment: { id: expect.any(String) as unknown, amount_cents: 0, response_status_code: null },
    });
    expect((await ana.get(`/api/v1/orders/${placed.body.id}`).expect(200)).body).toEqual(placed.body);
    expect((await ana.placeWithKey({ ...order, total_cents: 0 }, key).expect(200)).text).toBe(placed.text);
  });

  describe('after a crash before it is placed', () => {
    let key: string;

    beforeEach(async () => {
      key = randomUUID();
      const api = await ApiProcess.start({
        ...app.environment,
        FAILPOINTS: 'placement.settle.before=kill:1',
      });
      await expect(api.clientFor(ana).placeWithKey(order, key)).rejects.toThrow();
    });

    it('is placed by the recovery, although the provider may ignore keys', async () => {
      const worker = await app.startWorker();

      await eventually('the order', async () => {
        const open = await app.database.query(`SELECT FROM order_placements WHERE state <> 'placed'`);
        return open.length === 0;
      });
      await ana.placeWithKey(order, key).expect(200);
      await worker.close();
    });

    it("is placed by the client's retry", async () => {
      await eventually('the order', async () => (await ana.placeWithKey(order, key)).status === 201);
    });
  });

  it('is placed while the payment provider is down', async () => {
    await app.payments.stop();
    const orders = Array.from({ length: 6 }, () => ana.placeWithKey(paidOrder).expect(503));
    await Promise.all(orders);

    await ana.placeWithKey(order).expect(201);
    await app.payments.restart();
  });
});
