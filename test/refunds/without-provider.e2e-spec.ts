import { Config } from '#config';
import { createWorker } from '../../apps/worker/create-worker.js';
import { WorkerService } from '../../apps/worker/worker.service.js';
import { RefundContext, WITHOUT_PROVIDER } from './refund-context.js';

describe('Without PAYMENT_REFUND_URL', () => {
  let context: RefundContext;

  beforeAll(async () => {
    context = await RefundContext.start(WITHOUT_PROVIDER);
  });
  afterAll(() => context.close());

  it('a refund waits until there is a provider or a manager resolves it', async () => {
    const { id: orderId } = await context.placeOrder();
    const waiting = await context.requested(orderId, 100);
    const paid = await context.requested(orderId, 200);
    const denied = await context.requested(orderId, 300);
    const interrupted = await context.requested(orderId, 50);
    await context.app.database.query(
      `UPDATE refunds SET state = 'sending', due_at = now() - interval '1 second' WHERE id = $1`,
      [interrupted.id],
    );
    const worker = await context.app.startWorker();
    // Shows that the worker has looked for refunds.
    await context.waitForState('unknown', interrupted.id);
    expect(await context.row(waiting.id)).toMatchObject({ state: 'pending', attempts: 0 });
    await worker.close();
    await context.resolve(paid.id, 'refunded').expect(200);
    await context.resolve(denied.id, 'not_refunded').expect(200);

    const { environment, refunds } = context.app;
    const laterWorker = await createWorker(Config.from({ ...environment, PAYMENT_REFUND_URL: refunds.url }));
    await laterWorker.get(WorkerService).start();
    await context.waitForState('refunded', waiting.id);
    await laterWorker.close();

    expect(refunds.requests.map(({ key }) => key)).toEqual([waiting.id]);
    expect(await context.order(orderId)).toMatchObject({ refunded_cents: 300 });
  });
});
