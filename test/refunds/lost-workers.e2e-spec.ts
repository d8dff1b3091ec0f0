import { eventually } from '../support/eventually.js';
import { Program } from '../support/program.js';
import { refundAndHang } from '../support/refund-stub.js';
import { RefundContext, WITH_KEYS, WITHOUT_KEYS } from './refund-context.js';

describe.each([WITH_KEYS, WITHOUT_KEYS])(
  'A refund whose worker is killed while it sends, %j',
  (environment) => {
    let context: RefundContext;

    beforeAll(async () => {
      context = await RefundContext.start(environment);
    });
    afterAll(() => context.close());

    /** Returns the id of a refund that the provider has made and the worker has not recorded. */
    async function interrupt(): Promise<string> {
      const { id: orderId } = await context.placeOrder();
      context.app.refunds.once(refundAndHang);
      const { id } = await context.requested(orderId, 100);
      const worker = Program.start('apps/worker/main.js', context.app.environment);
      await eventually('the send', () => context.sends(id)[0]);
      worker.send('SIGKILL');
      await worker.exited;
      return id;
    }

    it('is sent again only if the provider honours keys', async () => {
      const id = await interrupt();
      expect(await context.refund(id)).toMatchObject({ state: 'sending' });
      await context.resolve(id, 'refunded').expect(409);

      await context.app.database.query('UPDATE refunds SET due_at = now() WHERE id = $1', [id]);
      await context.app.startWorker();

      if (environment === WITH_KEYS) {
        await context.waitForState('refunded', id);
        expect(context.sends(id)).toHaveLength(2);
      } else {
        await context.waitForState('unknown', id);
        expect(await context.row(id)).toMatchObject({ failure: 'interrupted', due_at: null });
        expect(context.sends(id)).toHaveLength(1);
        await context.resolve(id, 'refunded').expect(200);
      }
      expect(context.paid(id)).toHaveLength(1);
    });
  },
);
