import { randomUUID } from 'node:crypto';
import { chargeAndHang, chargeAndReset, decline, hang, reset } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('A charge with an unknown outcome, provider idempotency supported', () => {
  let app: TestApp;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported', PAYMENT_TIMEOUT_MS: '300' });
    ana = await app.customer();
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterAll(() => app.close());

  describe.each([
    ['a broken connection', chargeAndReset],
    ['a time-out', chargeAndHang],
  ])('after %s', (_, behaviour) => {
    it('returns 503 with Retry-After', async () => {
      app.payments.once(behaviour);

      const { body, headers } = await ana.placeWithKey(order).expect(503);

      expect(body.code).toBe('payment_outcome_unknown');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    });

    it('becomes one order with one charge when the client retries', async () => {
      const key = randomUUID();
      const charges = app.payments.charges.length;
      app.payments.once(behaviour);
      await ana.placeWithKey(order, key).expect(503);

      const placed = await ana.placeWithKey(order, key).expect(201);
      const replayed = await ana.placeWithKey(order, key).expect(200);

      expect(replayed.text).toBe(placed.text);
      expect(app.payments.charges).toHaveLength(charges + 1);
    });

    it('is sent again with the same key', async () => {
      const key = randomUUID();
      app.payments.once(behaviour);
      await ana.placeWithKey(order, key).expect(503);

      await ana.placeWithKey(order, key).expect(201);

      const [first, second] = app.payments.requests.slice(-2);
      expect(second?.key).toBe(first?.key);
    });
  });

  it('stays unknown if the retry times out', async () => {
    const key = randomUUID();
    app.payments.once(reset);
    app.payments.once(hang);

    await ana.placeWithKey(order, key).expect(503);
    await ana.placeWithKey(order, key).expect(503);

    expect(await readState(key)).toBe('unknown');
  });

  // A 500 says nothing about the outcome of the first attempt.
  it('stays unknown if the provider responds to the retry with 500', async () => {
    const key = randomUUID();
    app.payments.once(reset);
    app.payments.once(decline(500, 'oops'));

    await ana.placeWithKey(order, key).expect(503);
    await ana.placeWithKey(order, key).expect(503);
    await ana.placeWithKey(order, key).expect(201);
  });

  it('becomes a decline if the retry is declined', async () => {
    const key = randomUUID();
    app.payments.once(reset);
    app.payments.once(decline(402));

    await ana.placeWithKey(order, key).expect(503);
    await ana.placeWithKey(order, key).expect(402);
    await ana.placeWithKey(order, key).expect(402);
  });

  it('is sent again by one of ten concurrent retries', async () => {
    const key = randomUUID();
    app.payments.once(chargeAndReset);
    await ana.placeWithKey(order, key).expect(503);

    const responses = await Promise.all(Array.from({ length: 10 }, () => ana.placeWithKey(order, key)));

    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(responses.every(({ status }) => [200, 201, 409].includes(status))).toBe(true);
  });

  // The first attempt may have been charged.
  it('stays unknown if the retry cannot reach the provider', async () => {
    const key = randomUUID();
    app.payments.once(chargeAndReset);
    await ana.placeWithKey(order, key).expect(503);
    await app.payments.stop();

    const { body } = await ana.placeWithKey(order, key).expect(503);

    expect(body.code).toBe('payment_outcome_unknown');
    await app.payments.restart();
  });

  async function readState(key: string): Promise<string | undefined> {
    const [placement] = await app.database.query<{ state: string }>(
      'SELECT p.state FROM idempotency_keys k JOIN order_placements p ON p.id = k.placement_id WHERE k.key_hash = sha256($1)',
      [Buffer.from(key)],
    );
    return placement?.state;
  }
});
