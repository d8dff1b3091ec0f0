import { HeldCharge } from '../support/held-charge.js';
import { refund, reject } from '../support/refund-stub.js';
import { RefundContext, WITH_KEYS, WITHOUT_KEYS } from './refund-context.js';

describe('An answer after the time-out', () => {
  let context: RefundContext;

  describe('if the provider does not honour keys', () => {
    beforeAll(async () => {
      context = await RefundContext.start({ ...WITHOUT_KEYS, PAYMENT_TIMEOUT_MS: '300' });
      await context.app.startWorker();
    });
    afterAll(() => context.close());

    it.each([
      ['refunded', refund],
      ['rejected', reject()],
    ])('settles the refund as %s', async (state, behaviour) => {
      const held = new HeldCharge(behaviour);
      const { id } = await context.requestedWhen(held.behaviour);
      await context.waitForState('unknown', id);

      held.release();

      await context.waitForState(state, id);
      expect(context.sends(id)).toHaveLength(1);
    });

    it('does not change what a manager has resolved', async () => {
      const held = new HeldCharge(refund);
      const { id } = await context.requestedWhen(held.behaviour);
      await context.waitForState('unknown', id);
      await context.resolve(id, 'not_refunded').expect(200);

      held.release();
      const next = await context.requestedWhen(refund);
      await context.waitForState('refunded', next.id);

      expect(await context.refund(id)).toMatchObject({ state: 'rejected' });
    });
  });

  describe('if the provider honours keys', () => {
    beforeAll(async () => {
      context = await RefundContext.start({ ...WITH_KEYS, PAYMENT_TIMEOUT_MS: '300' });
      await context.app.startWorker();
    });
    afterAll(() => context.close());

    it('settles the refund as refunded', async () => {
      const held = new HeldCharge(refund);
      const { id } = await context.requestedWhen(held.behaviour);
      await context.waitForState('unknown', id);

      held.release();

      await context.waitForState('refunded', id);
      expect(context.paid(id)).toHaveLength(1);
    });

    it('does not reject a refund that is sent again', async () => {
      const held = new HeldCharge(reject());
      const { id } = await context.requestedWhen(held.behaviour);
      await context.waitForState('unknown', id);

      held.release();

      await context.waitForState('refunded', id);
      expect(context.paid(id)).toHaveLength(1);
    });
  });
});
