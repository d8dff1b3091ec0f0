import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './support/api-process.js';
import { eventually } from './support/eventually.js';
import { HeldCharge } from './support/held-charge.js';
import { PaymentStub } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

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
