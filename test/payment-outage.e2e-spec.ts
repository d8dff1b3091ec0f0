import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './support/api-process.js';
import { allowConnections, terminateConnections, blockConnections } from './support/database-connections.js';
import { eventually } from './support/eventually.js';
import { HeldCharge } from './support/held-charge.js';
import { approve, PaymentStub, type PaymentBehaviour } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';
import { SlowProvider } from './support/slow-provider.js';

describe('a payment provider that is away', () => {
  let app: TestApp;
  let ana: Person;
  let port: number;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    port = await freePort();
    app = await TestApp.start({ PAYMENT_SERVICE_URL: `http://127.0.0.1:${port}/payment` });
    ana = await app.customer();
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterAll(() => app.close());

  it('answers 503 with Retry-After, charges nothing, and the same key works once it is back', async () => {
    const key = randomUUID();
    const refused = await ana.placeWithKey(order, key).expect(503);
    expect(refused.body.code).toBe('payment_unavailable');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);

    const provider = await PaymentStub.start(port);
    const placed = await ana.placeWithKey(order, key).expect(201);
    expect(provider.charges).toHaveLength(1);
    await provider.stop();

    expect((await ana.placeWithKey(order, key).expect(200)).text).toBe(placed.text);
  });

  it('is left alone after five failures in a row, while replays go on; the first charge after its return gets through', async () => {
    const key = randomUUID();
    let provider = await PaymentStub.start(port);
    const placed = await ana.placeWithKey(order, key).expect(201);
    await provider.stop();
    for (let failure = 0; failure < 5; failure += 1) await ana.placeWithKey(order).expect(503);

    provider = await PaymentStub.start(port);
    const placements = await count('order_placements');
    expect((await ana.placeWithKey(order).expect(503)).body.code).toBe('payment_unavailable');
    expect(provider.requests).toHaveLength(0);
    expect(await count('order_placements')).toBe(placements);
    expect((await ana.placeWithKey(order, key).expect(200)).text).toBe(placed.text);

    const trial = new HeldCharge();
    provider.once(trial.behaviour);
    const statuses: number[] = [];
    await eventually(
      'a trial charge',
      async () => {
        void ana.placeWithKey(order).then(({ status }) => statuses.push(status));
        return Promise.race([trial.arrived, delay(200)]);
      },
      20_000,
    );
    const waiting = ana.placeWithKey(order).then(({ status }) => status);
    expect(provider.requests).toHaveLength(1);
    trial.release();
    expect(await waiting).toBe(201);
    expect(statuses).toContain(201);
    await provider.stop();
  });

  async function count(table: string): Promise<number | undefined> {
    const [row] = await app.database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
    return row?.count;
  }
});

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
