import { randomUUID } from 'node:crypto';
import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import { eventually } from './support/eventually.js';
import { chargeAndReset, hang } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

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

  describe('with the worker', () => {
    beforeAll(() => app.startWorker());

    it('becomes an order by itself, which the key then replays', async () => {
      const key = randomUUID();
      const charges = app.payments.charges.length;
      app.payments.once(chargeAndReset);
      await ana.placeWithKey(order, key).expect(503);

      await eventually('the order', async () => ((await stateOf(key)) === 'placed' ? true : undefined));

      const replay = await ana.placeWithKey(order, key).expect(200);
      expect((await ana.get(`/api/v1/orders/${(replay.body as OrderDto).id}`).expect(200)).body).toEqual(
        replay.body,
      );
      expect(app.payments.charges).toHaveLength(charges + 1);
    });

    it('becomes an order by itself without a key too', async () => {
      app.payments.once(chargeAndReset);
      await ana.post('/api/v1/orders', { ...order, metadata: { table: 'keyless' } }).expect(503);

      const { placement } = await eventually('the order', async () => {
        const [found] = await app.database.query<{ placement: string }>(
          `SELECT p.id AS placement FROM orders o JOIN order_placements p ON p.order_id = o.id WHERE o.metadata->>'table' = 'keyless'`,
        );
        return found;
      });
      expect(app.payments.charges.filter(({ key }) => key === placement)).toHaveLength(1);
    });

    it('is left to the managers when it is too old for the provider to remember its key', async () => {
      const key = randomUUID();
      app.payments.defaultBehaviour = hang;
      await ana.placeWithKey(order, key).expect(503);

      await app.database.query(
        `UPDATE order_placements SET created_at = now() - interval '13 hours' WHERE state IN ('charging', 'unknown')`,
      );

      await eventually('the placement to be nobody’s turn', async () => {
        const open = await app.database.query(
          `SELECT 1 FROM order_placements WHERE lease_expires_at IS NOT NULL`,
        );
        return open.length === 0 ? true : undefined;
      });
      expect(await stateOf(key)).toBe('unknown');
    });
  });

  async function stateOf(key: string): Promise<string | undefined> {
    const [found] = await app.database.query<{ state: string }>(
      'SELECT p.state FROM idempotency_keys k JOIN order_placements p ON p.id = k.placement_id WHERE k.key_hash = sha256($1)',
      [Buffer.from(key)],
    );
    return found?.state;
  }
});
