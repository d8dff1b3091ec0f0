import { randomUUID } from 'node:crypto';
import { allowConnections, terminateConnections, blockConnections } from './support/database-connections.js';
import { eventually } from './support/eventually.js';
import { approve, reset, type PaymentBehaviour } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { SlowProvider } from './support/slow-provider.js';
import { TestApp } from './support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '20000' });
});
afterAll(() => app.close());

describe('POST /orders while the payment provider hangs', () => {
  let manager: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    // Managers have no limit of their own.
    manager = await app.manager();
    order = await manager.orderFor(['Latte', 'Vanilla']);
  });

  describe('for 60 orders at once', () => {
    const LIMIT = 50;
    const held: Parameters<PaymentBehaviour>[0][] = [];
    const statuses: number[] = [];
    let placing: Promise<unknown>;
    let orderPath: string;
    let requests: number;

    beforeAll(async () => {
      orderPath = `/api/v1/orders/${(await manager.placeOrder(['Latte', 'Vanilla'])).id}`;
      app.payments.defaultBehaviour = (exchange) => held.push(exchange);
      requests = app.payments.requests.length;
      placing = Promise.all(
        Array.from({ length: 60 }, async () => statuses.push((await manager.placeWithKey(order)).status)),
      );
      await eventually('50 charges', () => held.length === LIMIT);
    });
    afterAll(() => {
      app.payments.defaultBehaviour = approve;
    });

    it('does not slow down reads', async () => {
      const durationsMs: number[] = [];
      for (let read = 0; read < 100; read += 1) {
        const startedAt = performance.now();
        await manager.get(read % 2 ? '/api/v1/menu' : orderPath).expect(200);
        durationsMs.push(performance.now() - startedAt);
      }

      expect(Math.max(...durationsMs)).toBeLessThan(200);
    });

    it('holds no database connection', async () => {
      const busy = await app.database.query(
        `SELECT state FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'coffee-shop' AND state <> 'idle'`,
      );

      expect(busy).toEqual([]);
    });

    it('returns 503 to the orders over the limit of 50 charges', async () => {
      await eventually('10 responses', () => statuses.length === 10);

      expect(statuses).toEqual(Array<number>(10).fill(503));
    });

    it('places the other orders when the provider responds', async () => {
      for (const exchange of held) approve(exchange);
      await placing;

      expect(statuses.filter((status) => status === 201)).toHaveLength(LIMIT);
      expect(app.payments.requests).toHaveLength(requests + LIMIT);
    });
  });

  it('serves 120 concurrent orders with at most 50 charges at once', async () => {
    const provider = new SlowProvider(100, 50);
    app.payments.defaultBehaviour = provider.behaviour;

    const responses = await Promise.all(Array.from({ length: 120 }, () => manager.placeWithKey(order)));

    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([201]));
    expect(provider.maxConcurrent).toBe(50);
    app.payments.defaultBehaviour = approve;
  });

  it('places the order if the database connections are terminated during the charge', async () => {
    app.payments.once((exchange) => {
      void app.database
        .query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        )
        .then(() => approve(exchange));
    });

    await manager.placeWithKey(order).expect(201);
  });

  it('places a charged order when the database is reachable again', async () => {
    const key = randomUUID();
    app.payments.once((exchange) => {
      void blockConnections(app.database)
        .then(() => terminateConnections(app.database))
        .then(() => approve(exchange));
    });

    const { body } = await manager.placeWithKey(order, key).expect(503);
    await allowConnections(app.database);

    expect(body.code).toBe('payment_outcome_unknown');
    await eventually('the order', async () => (await manager.placeWithKey(order, key)).status === 200);
  });
});

describe('POST /orders after a short failure of the payment provider', () => {
  const CHARGES = 10;

  it('places orders soon after ten charges broke at once', async () => {
    const held: Parameters<PaymentBehaviour>[0][] = [];
    for (let charge = 0; charge < CHARGES; charge += 1)
      app.payments.once((exchange) => void held.push(exchange));
    const customers = await Promise.all(Array.from({ length: CHARGES }, () => app.customer()));
    const order = await customers[0]!.orderFor(['Latte', 'Vanilla']);
    const broken = Promise.all(customers.map((customer) => customer.placeWithKey(order)));
    await eventually('ten charges', () => held.length === CHARGES);
    for (const exchange of held) reset(exchange);
    await broken;

    // The circuit breaker lets a charge through after one second.
    const place = async (): Promise<boolean> => (await customers[0]!.placeWithKey(order)).status === 201;
    await eventually('a placed order', place, 5_000);
  });
});
