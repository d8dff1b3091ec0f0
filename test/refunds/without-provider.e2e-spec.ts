import { Config } from '#config';
import { createWorker } from '../../apps/worker/create-worker.js';
import { NotificationInspector } from '../support/notification-inspector.js';
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
    const worker = await context.app.startWorker();
    // A notification shows that the worker has run.
    await context.manager.changeStatus(orderId, 'preparation').expect(200);
    await new NotificationInspector(context.app).waitForState('delivered', orderId);
    expect(await context.row(waiting.id)).toMatchObject({ state: 'pending', attempts: 0 });
    await worker.close();
    await context.resolve(paid.id, 'refunded').expect(200);
    await context.resolve(denied.id, 'not_refunded').expect(200);

    const { environment, refunds } = context.app;
    const laterWorker = await createWorker(Config.from({ ...environment, PAYMENT_REFUND_URL: refunds.url }));
    await context.waitForState('refunded', waiting.id);
    await laterWorker.close();

    expect(refunds.requests.map(({ key }) => key)).toEqual([waiting.id]);
    expect(await context.order(orderId)).toMatchObject({ refunded_cents: 300 });
  });
});
