import { randomUUID } from 'node:crypto';
import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import { eventually } from './support/eventually.js';
import { chargeAndReset, hang } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('The worker', () => {
  let app: TestApp;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported', PAYMENT_TIMEOUT_MS: '300' });
    ana = await app.customer();
    order = await ana.orderFor(['Latte', 'Vanilla']);
    await app.startWorker();
  });
  afterAll(() => app.close());

  it('turns a charge with an unknown outcome into an order', async () => {
    const key = randomUUID();
    const charges = app.payments.charges.length;
    app.payments.once(chargeAndReset);
    await ana.placeWithKey(order, key).expect(503);

    await eventually('the order', async () => (await readState(key)) === 'placed');

    const replay = await ana.placeWithKey(order, key).expect(200);
    const { id } = replay.body as OrderDto;
    expect((await ana.get(`/api/v1/orders/${id}`).expect(200)).body).toEqual(replay.body);
    expect(app.payments.charges).toHaveLength(charges + 1);
  });

  it('turns a charge without an idempotency key into an order', async () => {
    app.payments.once(chargeAndReset);
    await ana.post('/api/v1/orders', { ...order, metadata: { table: 'keyless' } }).expect(503);

    const { placementId } = await eventually('the order', async () => {
      const [found] = await app.database.query<{ placementId: string }>(
        `SELECT p.id AS "placementId" FROM orders o JOIN order_placements p ON p.order_id = o.id WHERE o.metadata->>'table' = 'keyless'`,
      );
      return found;
    });
    expect(app.payments.charges.filter(({ key }) => key === placementId)).toHaveLength(1);
  });

  it('leaves a charge to the managers if the provider may have forgotten its key', async () => {
    const key = randomUUID();
    app.payments.defaultBehaviour = hang;
    await ana.placeWithKey(order, key).expect(503);

    await app.database.query(
      `UPDATE order_placements SET created_at = now() - interval '13 hours' WHERE state IN ('charging', 'unknown')`,
    );

    await eventually('no leased placement', async () => {
      const leased = await app.database.query(
        'SELECT 1 FROM order_placements WHERE lease_expires_at IS NOT NULL',
      );
      return leased.length === 0;
    });
    expect(await readState(key)).toBe('unknown');
  });

  async function readState(key: string): Promise<string | undefined> {
    const [placement] = await app.database.query<{ state: string }>(
      'SELECT p.state FROM idempotency_keys k JOIN order_placements p ON p.id = k.placement_id WHERE k.key_hash = sha256($1)',
      [Buffer.from(key)],
    );
    return placement?.state;
  }
});
