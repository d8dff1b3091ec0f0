import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from './support/api-process.js';
import { eventually } from './support/eventually.js';
import { approve, reset, type PaymentBehaviour } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { SlowProvider } from './support/slow-provider.js';
import { TestApp } from './support/test-app.js';

type OrderBody = Awaited<ReturnType<Person['orderFor']>>;

/** The number of charges that one process sends at once. Not the default. */
const LIMIT = 20;

describe('the limit of concurrent charges', () => {
  let app: TestApp;
  let manager: Person;
  let order: OrderBody;

  beforeAll(async () => {
    app = await TestApp.start({
      PAYMENT_PROVIDER_IDEMPOTENCY: 'supported',
      PAYMENT_TIMEOUT_MS: '20000',
      CHARGES_AT_ONCE: String(LIMIT),
    });
    // Managers have no limit of their own.
    manager = await app.manager();
    order = await manager.orderFor(['Latte', 'Vanilla']);
  });
  afterEach(() => {
    app.payments.defaultBehaviour = approve;
  });
  afterAll(() => app.close());

  /** Sends an order whose charge gets no response. Returns its key. */
  async function placeUnknown(body: OrderBody): Promise<string> {
    const key = randomUUID();
    app.payments.once(reset);
    await manager.placeWithKey(body, key).expect(503);
    return key;
  }

  it('counts the retries of charges with an unknown outcome', async () => {
    const keys: string[] = [];
    while (keys.length < LIMIT + 10) {
      keys.push(await placeUnknown(order));
      // A successful charge keeps the circuit breaker closed.
      await manager.placeWithKey(order).expect(201);
    }
    const provider = new SlowProvider(1_000, LIMIT);
    app.payments.defaultBehaviour = provider.behaviour;

    const retries = await Promise.all(keys.map((key) => manager.placeWithKey(order, key)));

    expect(new Set(retries.map(({ status }) => status))).toEqual(new Set([201]));
    expect(provider.maxConcurrent).toBe(LIMIT);
  });

  describe('while all slots are taken', () => {
    let body: OrderBody;
    let usedKey: string;
    let unknownKey: string;
    let held: Parameters<PaymentBehaviour>[0][];
    let others: Promise<number[]>;

    beforeAll(async () => {
      const product = { name: 'Cortado', base_price_cents: 300, variations: [{ name: 'Single' }] };
      const { body: created } = await manager.post('/api/v1/admin/products', product).expect(201);
      body = await manager.orderFor(['Cortado', 'Single']);
      usedKey = randomUUID();
      await manager.placeWithKey(order, usedKey).expect(201);
      unknownKey = await placeUnknown(body);
      // Pricing the retry fails from now on.
      await manager.delete(`/api/v1/admin/products/${created.id}`).expect(204);
    });
    /** The provider does not answer these charges yet. */
    beforeEach(async () => {
      held = [];
      app.payments.defaultBehaviour = (exchange) => held.push(exchange);
      others = Promise.all(
        Array.from({ length: LIMIT }, () => manager.placeWithKey(order).then(({ status }) => status)),
      );
      await eventually('all slots to be taken', () => held.length === LIMIT);
    });
    afterEach(async () => {
      for (const exchange of held) approve(exchange);
      expect(await others).toEqual(Array(LIMIT).fill(201));
    });

    it('refuses a new order after two seconds', async () => {
      const response = await manager.placeWithKey(order).timeout(5_000).expect(503);

      expect(response.body.code).toBe('payment_unavailable');
    });

    it('returns the first response for a used key', async () => {
      await manager.placeWithKey(order, usedKey).expect(200);
    });

    it('does not send the charge of a retry whose product was deleted', async () => {
      const response = await manager.placeWithKey(body, unknownKey).timeout(5_000);

      expect(held).toHaveLength(LIMIT);
      expect(response.status).toBe(503);
      expect(response.body.code).toBe('payment_outcome_unknown');
    });

    it('sends the charge of a retry whose product was deleted once a slot is free', async () => {
      const retry = manager.placeWithKey(body, unknownKey).then(({ status }) => status);
      await sleep(500);
      expect(held).toHaveLength(LIMIT);

      app.payments.defaultBehaviour = approve;
      for (const exchange of held.splice(0, 1)) approve(exchange);

      expect(await retry).toBe(201);
    });
  });

  describe('while orders are recorded slowly', () => {
    let client: Person;
    let api: ApiProcess;

    beforeAll(async () => {
      api = await ApiProcess.start({ ...app.environment, FAILPOINTS: 'placement.settle.before=sleep:4000' });
      client = api.clientFor(manager);
    });
    afterAll(() => api.stop());

    it('does not count charges that the provider has answered', async () => {
      await expectChargesBeforeOrders(Array.from({ length: LIMIT + 1 }, () => randomUUID()));
    });

    it('does not count charges of retries that the provider has answered', async () => {
      const keys: string[] = [];
      while (keys.length <= LIMIT) {
        keys.push(await placeUnknown(order));
        // Five failures in a row would stop all charges.
        await manager.placeWithKey(order).expect(201);
      }

      await expectChargesBeforeOrders(keys);
    });

    /** Sends an order with each key at once. Expects that all charges reach the provider before the first order is recorded. */
    async function expectChargesBeforeOrders(keys: string[]): Promise<void> {
      const [charges, orders] = [app.payments.charges.length, await countOrders()];

      const placing = Promise.all(keys.map((key) => client.placeWithKey(order, key)));
      await eventually(
        'all charges to reach the provider',
        () => app.payments.charges.length === charges + keys.length,
      );

      expect(await countOrders()).toBe(orders);
      const statuses = (await placing).map(({ status }) => status);
      expect(statuses).toEqual(Array(keys.length).fill(201));
    }
  });

  async function countOrders(): Promise<number | undefined> {
    const [row] = await app.database.query<{ count: number }>('SELECT count(*)::int AS count FROM orders');
    return row?.count;
  }
});
