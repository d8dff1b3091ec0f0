import { randomUUID } from 'node:crypto';
import { eventually } from './support/eventually.js';
import { HeldCharge } from './support/held-charge.js';
import { approve, decline, type PaymentBehaviour } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe.each(['unknown', 'supported'])(
  'A payment response after the time-out, provider idempotency %s',
  (idempotency) => {
    let app: TestApp;
    let ana: Person;
    let manager: Person;
    let order: Awaited<ReturnType<Person['orderFor']>>;

    beforeAll(async () => {
      app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: idempotency, PAYMENT_TIMEOUT_MS: '200' });
      [ana, manager] = await Promise.all([app.customer(), app.manager()]);
      order = await ana.orderFor(['Latte', 'Vanilla']);
    });
    afterAll(() => app.close());

    /** Places an order that times out. The provider responds when `held` is released. */
    async function placeUntilTimeout(outcome: PaymentBehaviour): Promise<{ key: string; held: HeldCharge }> {
      const [key, held] = [randomUUID(), new HeldCharge(outcome)];
      app.payments.once(held.behaviour);
      expect((await ana.placeWithKey(order, key).expect(503)).body.code).toBe('payment_outcome_unknown');
      return { key, held };
    }

    async function waitForState(state: string): Promise<void> {
      await eventually(`the placement to be ${state}`, async () => {
        const [newest] = await app.database.query<{ state: string }>(
          'SELECT state FROM order_placements ORDER BY created_at DESC LIMIT 1',
        );
        return newest?.state === state;
      });
    }

    it('creates the order without another charge if it approves', async () => {
      const { key, held } = await placeUntilTimeout(approve);
      const requests = app.payments.requests.length;

      held.release();
      await waitForState('placed');

      await ana.placeWithKey(order, key).expect(200);
      expect(app.payments.requests).toHaveLength(requests);
    });

    if (idempotency === 'supported') {
      it('lets the next request charge if it declines', async () => {
        const { key, held } = await placeUntilTimeout(decline());

        held.release();

        await ana.placeWithKey(order, key).expect(201);
      });
    } else {
      it('is final if it declines', async () => {
        const { key, held } = await placeUntilTimeout(decline());

        held.release();
        await waitForState('declined');

        await ana.placeWithKey(order, key).expect(402).expect('Idempotent-Replayed', 'true');
      });

      it('leaves the outcome unknown if it is a 500', async () => {
        const { key, held } = await placeUntilTimeout(decline(500));

        held.release();

        await ana.placeWithKey(order, key).expect(503);
        await waitForState('unknown');
      });

      it('makes a refund due if it approves after a manager has declined', async () => {
        const { key, held } = await placeUntilTimeout(approve);
        const { body: unknown } = await manager.get('/api/v1/admin/placements?state=unknown').expect(200);
        const resolution = { outcome: 'not_charged', note: 'Not in the ledger yet' };
        await manager.post(`/api/v1/admin/placements/${unknown[0].id}/resolve`, resolution).expect(200);

        held.release();
        await waitForState('refund_due');

        await ana.placeWithKey(order, key).expect(402);
      });
    }
  },
);
