import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './support/api-process.js';
import { eventually } from './support/eventually.js';
import { HeldCharge } from './support/held-charge.js';
import { PaymentStub } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('POST /orders while the payment provider is unreachable', () => {
  let app: TestApp;
  let ana: Person;
  let port: number;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    port = await freePort();
    app = await TestApp.start({
      PAYMENT_SERVICE_URL: `http://127.0.0.1:${port}/payment`,
      PAYMENT_TIMEOUT_MS: '20000',
    });
    ana = await app.customer();
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterAll(() => app.close());

  it('returns 503 with Retry-After', async () => {
    const { body, headers } = await ana.placeWithKey(order).expect(503);

    expect(body.code).toBe('payment_unavailable');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  it('leaves the key usable when the provider is back', async () => {
    const key = randomUUID();
    await ana.placeWithKey(order, key).expect(503);

    const provider = await PaymentStub.start(port);
    const placed = await ana.placeWithKey(order, key).expect(201);
    expect(provider.charges).toHaveLength(1);
    await provider.stop();

    expect((await ana.placeWithKey(order, key).expect(200)).text).toBe(placed.text);
  });

  describe('after five failures in a row', () => {
    const placedKey = randomUUID();
    let placedText: string;
    const trial = new HeldCharge();
    const trials: Promise<number>[] = [];
    let provider: PaymentStub;

    beforeAll(async () => {
      provider = await PaymentStub.start(port);
      placedText = (await ana.placeWithKey(order, placedKey).expect(201)).text;
      await provider.stop();
      for (let failures = 0; failures < 5; failures += 1) await ana.placeWithKey(order).expect(503);
      provider = await PaymentStub.start(port);
      provider.once(trial.behaviour);
    });
    afterAll(() => provider.stop());

    it('sends one trial charge and refuses other orders at once', async () => {
      await eventually('a trial charge', async () => {
        trials.push(ana.placeWithKey(order).then(({ status }) => status));
        return Promise.race([trial.arrived.then(() => true), delay(200, false)]);
      });

      for (let others = 0; others < 5; others += 1) {
        const { body } = await ana.placeWithKey(order).expect(503);
        expect(body.code).toBe('payment_unavailable');
      }
      expect(provider.requests).toHaveLength(1);
    });

    it('stores no placement', async () => {
      const placements = await countPlacements();

      await ana.placeWithKey(order).expect(503);

      expect(await countPlacements()).toBe(placements);
    });

    it('still replays orders', async () => {
      expect((await ana.placeWithKey(order, placedKey).expect(200)).text).toBe(placedText);
    });

    it('charges other orders after the trial charge', async () => {
      trial.release();

      expect(await Promise.all(trials)).toContain(201);
      await ana.placeWithKey(order).expect(201);
    });
  });

  async function countPlacements(): Promise<number | undefined> {
    const [row] = await app.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM order_placements',
    );
    return row?.count;
  }
});
