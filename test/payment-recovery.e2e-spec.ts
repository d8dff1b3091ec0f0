import { randomUUID } from 'node:crypto';
import { approve, chargeAndHang, chargeAndReset, decline, hang, reset } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';
import { SlowProvider } from './support/slow-provider.js';

describe('a charge of unknown outcome, where the provider honours keys', () => {
  let app: TestApp;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported', PAYMENT_TIMEOUT_MS: '300' });
    ana = await app.customer();
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterAll(() => app.close());

  it.each([
    ['the connection broke', chargeAndReset],
    ['the provider never answered', chargeAndHang],
  ])(
    'is answered with 503 and Retry-After where %s, and the same key then leads to one order and one charge',
    async (_, behaviour) => {
      const key = randomUUID();
      const charges = app.payments.charges.length;
      app.payments.once(behaviour);

      const first = await ana.placeWithKey(order, key).expect(503);
      const second = await ana.placeWithKey(order, key).expect(201);
      const third = await ana.placeWithKey(order, key).expect(200);

      expect(first.body.code).toBe('payment_outcome_unknown');
      expect(Number(first.headers['retry-after'])).toBeGreaterThan(0);
      expect(third.text).toBe(second.text);
      expect(app.payments.charges).toHaveLength(charges + 1);
      const keys = app.payments.requests.slice(-2).map((request) => request.key);
      expect(new Set(keys).size).toBe(1);
    },
  );

  it('stays unknown while the provider stays silent, and there is no order', async () => {
    const key = randomUUID();
    app.payments.once(reset);
    app.payments.once(hang);

    await ana.placeWithKey(order, key).expect(503);
    await ana.placeWithKey(order, key).expect(503);

    expect(await stateOf(key)).toBe('unknown');
  });

  it('stays unknown where the repetition meets trouble at the provider: that says nothing of the first try', async () => {
    const key = randomUUID();
    app.payments.once(reset);
    app.payments.once(decline(500, 'oops'));

    await ana.placeWithKey(order, key).expect(503);
    await ana.placeWithKey(order, key).expect(503);
    await ana.placeWithKey(order, key).expect(201);
  });

  it('ends as a decline where the repetition is declined', async () => {
    const key = randomUUID();
    app.payments.once(reset);
    app.payments.once(decline(402));

    await ana.placeWithKey(order, key).expect(503);
    await ana.placeWithKey(order, key).expect(402);
    await ana.placeWithKey(order, key).expect(402);
  });

  it('is taken up by one of many repetitions at once', async () => {
    const key = randomUUID();
    app.payments.once(chargeAndReset);
    await ana.placeWithKey(order, key).expect(503);

    const responses = await Promise.all(Array.from({ length: 10 }, () => ana.placeWithKey(order, key)));

    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(responses.every(({ status }) => [200, 201, 409].includes(status))).toBe(true);
  });

  it('is repeated by a crowd in turn: no more than 50 charges at once', async () => {
    const keys = Array.from({ length: 60 }, () => randomUUID());
    for (const key of keys) {
      app.payments.once(reset);
      await ana.placeWithKey(order, key).expect(503);
      await ana.placeWithKey(order).expect(201);
    }
    const provider = new SlowProvider(200);
    app.payments.defaultBehaviour = provider.behaviour;

    const repeated = await Promise.all(keys.map((key) => ana.placeWithKey(order, key)));

    expect(new Set(repeated.map(({ status }) => status))).toEqual(new Set([201]));
    expect(provider.maxConcurrent).toBe(50);
    app.payments.defaultBehaviour = approve;
  });

  async function stateOf(key: string): Promise<string | undefined> {
    const [found] = await app.database.query<{ state: string }>(
      'SELECT p.state FROM idempotency_keys k JOIN order_placements p ON p.id = k.placement_id WHERE k.key_hash = sha256($1)',
      [Buffer.from(key)],
    );
    return found?.state;
  }
});

describe('a charge of unknown outcome, whose provider then goes away', () => {
  it('stays unknown where the repetition cannot reach the provider: the first try may have been charged', async () => {
    const key = randomUUID();
    const away = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' });
    const ben = await away.customer();
    const body = await ben.orderFor(['Latte', 'Vanilla']);
    away.payments.once(chargeAndReset);
    await ben.placeWithKey(body, key).expect(503);
    await away.payments.stop();

    const repeated = await ben.placeWithKey(body, key).expect(503);

    expect(repeated.body.code).toBe('payment_outcome_unknown');
    await away.close();
  });
});
