import { eventually } from '../support/eventually.js';
import { hang } from '../support/refund-stub.js';
import { RefundContext, WITH_KEYS, WITHOUT_KEYS } from './refund-context.js';

describe.each([WITH_KEYS, WITHOUT_KEYS])('While the provider cannot be reached, %j', (environment) => {
  let context: RefundContext;

  beforeAll(async () => {
    context = await RefundContext.start(environment);
    await context.app.startWorker();
  });
  afterAll(() => context.close());

  it('a refund is pending, and is refunded once the provider is back', async () => {
    const { id: orderId } = await context.placeOrder();
    await context.app.refunds.stop();
    const { id } = await context.requested(orderId, 100);

    const failed = await eventually('two sends', async () => {
      const row = await context.row(id);
      return row.attempts > 1 && row.state === 'pending' ? row : undefined;
    });
    expect(failed).toMatchObject({ failure: 'ECONNREFUSED', due_at: expect.any(Date) });
    await context.app.refunds.restart();
    await context.waitForState('refunded', id);

    expect(context.sends(id)).toHaveLength(1);
    expect(context.paid(id)).toMatchObject([{ key: id, amountCents: 100 }]);
  });

  it('a refund cannot be resolved', async () => {
    const { id: orderId } = await context.placeOrder();
    await context.app.refunds.stop();
    const { id } = await context.requested(orderId, 100);

    const { body } = await context.resolve(id, 'refunded').expect(409);

    expect(body.code).toBe('refund_not_resolvable');
    await context.app.refunds.restart();
    await context.waitForState('refunded', id);
  });

  it('orders are cancelled at once', async () => {
    const { id } = await context.placeOrder();
    await context.app.refunds.stop();

    const startedAt = Date.now();
    await context.cancel(id).expect(200);

    expect(Date.now() - startedAt).toBeLessThan(2_000);
    await context.app.refunds.restart();
    const [refund] = await context.refundsOf(id);
    await context.waitForState('refunded', refund?.id ?? '');
  });
});

describe('While the provider does not answer', () => {
  let context: RefundContext;

  beforeAll(async () => {
    context = await RefundContext.start({ PAYMENT_TIMEOUT_MS: '20000' });
    context.app.refunds.defaultBehaviour = hang;
    await context.app.startWorker();
  });
  afterAll(async () => {
    await context.app.refunds.stop();
    await context.close();
  });

  it('orders are cancelled at once', async () => {
    const orders = await Promise.all(Array.from({ length: 12 }, () => context.placeOrder()));
    // More than the worker sends at the same time.
    const refunds = await Promise.all(orders.slice(1).map(({ id }) => context.requested(id, 860)));
    await eventually('ten sends', () => context.app.refunds.requests.length >= 10);

    const startedAt = Date.now();
    for (const { id } of orders.slice(0, 2)) await context.cancel(id).expect(200);

    expect(Date.now() - startedAt).toBeLessThan(2_000);
    expect(await context.refundsOf(orders[1]?.id ?? '')).toMatchObject([{ id: refunds[0]?.id }]);
  });
});
