import { randomUUID } from 'node:crypto';
import { allowConnections, terminateConnections, blockConnections } from './support/database-connections.js';
import { eventually } from './support/eventually.js';
import { approve, type PaymentBehaviour } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';
import { SlowProvider } from './support/slow-provider.js';

describe('a payment provider that hangs', () => {
  let app: TestApp;
  let ana: Person;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '20000' });
    ana = await app.customer();
  });
  afterAll(() => app.close());

  it('holds no connection and no transaction, gets at most 50 charges at once, whose crowd soon hears of it, and leaves reads fast', async () => {
    const order = await ana.orderFor(['Latte', 'Vanilla']);
    const earlier = await ana.placeOrder(['Latte', 'Vanilla']);
    const waiting: Parameters<PaymentBehaviour>[0][] = [];
    app.payments.defaultBehaviour = (exchange) => waiting.push(exchange);
    const requests = app.payments.requests.length;

    let answers = 0;
    const placing = Promise.all(
      Array.from({ length: 60 }, async () => {
        const { status } = await ana.placeWithKey(order);
        answers += 1;
        return status;
      }),
    );
    await eventually('50 charges at the provider', () => (waiting.length === 50 ? true : undefined));

    const times: number[] = [];
    for (let read = 0; read < 100; read += 1) {
      const startedAt = performance.now();
      await ana.get(read % 2 ? '/api/v1/menu' : `/api/v1/orders/${earlier.id}`).expect(200);
      times.push(performance.now() - startedAt);
    }
    const busy = await app.database.query(
      `SELECT state FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'coffee-shop' AND state <> 'idle'`,
    );

    expect(times.sort((a, b) => a - b).at(-1)).toBeLessThan(200);
    expect(busy).toEqual([]);
    await eventually('those who wait in vain to be told so', () => answers === 10);
    for (const exchange of waiting) approve(exchange);
    const statuses = await placing;
    expect(statuses.filter((status) => status === 201)).toHaveLength(50);
    expect(statuses.filter((status) => status === 503)).toHaveLength(10);
    expect(app.payments.requests).toHaveLength(requests + 50);
  });

  it('is brought no more than 50 charges at once of a crowd, of which everybody is served in turn', async () => {
    const order = await ana.orderFor(['Latte', 'Vanilla']);
    const provider = new SlowProvider(300);
    app.payments.defaultBehaviour = provider.behaviour;

    const placed = await Promise.all(Array.from({ length: 120 }, () => ana.placeWithKey(order)));

    expect(new Set(placed.map(({ status }) => status))).toEqual(new Set([201]));
    expect(provider.maxConcurrent).toBe(50);
    app.payments.defaultBehaviour = approve;
  });

  it('does not keep an order from being settled when the database connections were cut meanwhile', async () => {
    const order = await ana.orderFor(['Latte', 'Vanilla']);
    app.payments.defaultBehaviour = (exchange) => {
      void app.database
        .query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        )
        .then(() => approve(exchange));
    };

    await ana.placeWithKey(order).expect(201);
    app.payments.defaultBehaviour = approve;
  });

  it('is not charged for nothing when the database stays away after the charge: the order follows when it is back', async () => {
    const order = await ana.orderFor(['Latte', 'Vanilla']);
    const key = randomUUID();
    app.payments.once((exchange) => {
      void blockConnections(app.database)
        .then(() => terminateConnections(app.database))
        .then(() => approve(exchange));
    });

    const { body } = await ana.placeWithKey(order, key).expect(503);
    await allowConnections(app.database);

    expect(body.code).toBe('payment_outcome_unknown');
    await eventually('the order', async () =>
      (await ana.placeWithKey(order, key)).status === 200 ? true : undefined,
    );
  });
});
