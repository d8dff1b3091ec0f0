import { randomUUID } from 'node:crypto';
import { eventually } from './support/eventually.js';
import { HeldCharge } from './support/held-charge.js';
import { approve, decline, type PaymentBehaviour } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe.each(['unknown', 'supported'])(
  'a payment provider that answers after the time-out, provider idempotency %s',
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

    /** Places an order that is answered in time with 503; the provider's answer is still to come. */
    async function placesTooLate(answer: PaymentBehaviour): Promise<{ key: string; held: HeldCharge }> {
      const [key, held] = [randomUUID(), new HeldCharge(answer)];
      app.payments.once(held.behaviour);
      expect((await ana.placeWithKey(order, key).expect(503)).body.code).toBe('payment_outcome_unknown');
      return { key, held };
    }

    async function stateIs(state: string): Promise<void> {
      await eventually(`the placement to be ${state}`, async () => {
        const [newest] = await app.database.query<{ state: string }>(
          'SELECT state FROM order_placements ORDER BY created_at DESC LIMIT 1',
        );
        return newest?.state === state;
      });
    }

    it('makes the order when it approves, and the key leads to it without another charge', async () => {
      const { key, held } = await placesTooLate(approve);
      const requests = app.payments.requests.length;

      held.release();
      await stateIs('placed');

      await ana.placeWithKey(order, key).expect(200);
      expect(app.payments.requests).toHaveLength(requests);
    });

    if (idempotency === 'unknown') {
      it('is final when it declines', async () => {
        const { key, held } = await placesTooLate(decline());

        held.release();
        await stateIs('declined');

        await ana.placeWithKey(order, key).expect(402).expect('Idempotent-Replayed', 'true');
      });

      it('settles nothing when it is in trouble', async () => {
        const { key, held } = await placesTooLate(decline(500));

        held.release();

        await ana.placeWithKey(order, key).expect(503);
        await stateIs('unknown');
      });

      it("leaves a manager's decline as it is, and the charge becomes a refund that is due", async () => {
        const { key, held } = await placesTooLate(approve);
        const { body: open } = await manager.get('/api/v1/admin/placements?state=unknown').expect(200);
        const decision = { outcome: 'not_charged', note: 'Not in the ledger yet' };
        await manager.post(`/api/v1/admin/placements/${open[0].id}/resolve`, decision).expect(200);

        held.release();
        await stateIs('refund_due');

        await ana.placeWithKey(order, key).expect(402);
      });
    } else {
      it('leaves a decline to the next send', async () => {
        const { key, held } = await placesTooLate(decline());

        held.release();

        await ana.placeWithKey(order, key).expect(201);
      });
    }
  },
);
