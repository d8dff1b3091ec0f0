import { eventually } from '../support/eventually.js';
import {
  hang,
  refundAndHang,
  refundAndReset,
  reject,
  reset,
  type RefundBehaviour,
} from '../support/refund-stub.js';
import { RefundContext, WITH_KEYS, WITHOUT_KEYS } from './refund-context.js';

/** One answer of each kind: libs/payments/http-refund.gateway.spec.ts has all statuses. */
const UNCLEAR: [string, RefundBehaviour, status: number | null][] = [
  ...[301, 409, 500].map((status): [string, RefundBehaviour, number] => [
    `answer with ${status}`,
    reject(status),
    status,
  ]),
  ['broken connection', reset, null],
  ['broken connection after a refund', refundAndReset, null],
  ['time-out', hang, null],
  ['time-out after a refund', refundAndHang, null],
];

describe('A refund without a clear answer, if the provider does not honour keys', () => {
  let context: RefundContext;

  beforeAll(async () => {
    context = await RefundContext.start(WITHOUT_KEYS);
    await context.app.startWorker();
  });
  afterAll(() => context.close());

  it.each(UNCLEAR)('is unknown and never sent again: %s', async (_, behaviour, status) => {
    const { id, order_id: orderId } = await context.requestedWhen(behaviour);

    const refund = await context.waitForState('unknown', id);

    expect(refund).toMatchObject({ settled_at: null, response_status_code: status });
    expect(await context.order(orderId ?? '')).toMatchObject({ refunded_cents: 10 });
    expect(await context.reservedOf(orderId ?? '')).toBe(110);
    expect(await context.row(id)).toMatchObject({ due_at: null });
  });

  it('is not sent again by a dispatch if it is due by mistake', async () => {
    const { id } = await context.requestedWhen(refundAndReset);
    await context.waitForState('unknown', id);

    await context.app.database.query('UPDATE refunds SET due_at = now() WHERE id = $1', [id]);
    await eventually('the worker to leave it', async () => (await context.row(id)).due_at === null);

    expect(context.sends(id)).toHaveLength(1);
    expect(await context.refund(id)).toMatchObject({ state: 'unknown' });
  });
});

describe('A refund without a clear answer, if the provider honours keys', () => {
  let context: RefundContext;

  beforeAll(async () => {
    context = await RefundContext.start(WITH_KEYS);
    await context.app.startWorker();
  });
  afterAll(() => context.close());

  it.each(UNCLEAR)('is sent again with its key and refunded once: %s', async (_, behaviour) => {
    const { id, order_id: orderId } = await context.requestedWhen(behaviour);

    await context.waitForState('refunded', id);

    expect(context.sends(id).length).toBeGreaterThan(1);
    expect(context.paid(id)).toMatchObject([{ amountCents: 100 }]);
    expect(await context.order(orderId ?? '')).toMatchObject({ refunded_cents: 110 });
  });

  it('is rejected if the provider refuses the next send', async () => {
    const { id, order_id: orderId } = await context.requestedWhen(reset);
    context.app.refunds.once(reject());

    await context.waitForState('rejected', id);

    expect(await context.reservedOf(orderId ?? '')).toBe(10);
  });

  it('stays unknown if the provider refuses our access at the next send', async () => {
    const { id } = await context.requestedWhen(reset);
    context.app.refunds.once(reject(401));

    await context.waitForState('refunded', id);

    expect(context.sends(id).length).toBeGreaterThan(2);
  });

  it('stays unknown if the next send does not reach the provider', async () => {
    const { id } = await context.requestedWhen(refundAndReset);
    await context.waitForState('unknown', id);
    await context.app.refunds.stop();

    await eventually('the second send', async () => {
      const { attempts, state } = await context.row(id);
      return attempts > 1 && state === 'unknown';
    });

    await context.app.refunds.restart();
    await context.waitForState('refunded', id);
    expect(context.paid(id)).toHaveLength(1);
  });

  it('is left to a manager after twelve hours', async () => {
    context.app.refunds.defaultBehaviour = reset;
    const { id } = await context.requested((await context.placeOrder()).id, 100);
    await context.waitForState('unknown', id);

    await eventually('the worker to leave it', async () => {
      await context.app.database.query(
        `UPDATE refunds SET uncertain_since = now() - interval '13 hours', due_at = now()
          WHERE id = $1 AND state = 'unknown' AND due_at IS NOT NULL`,
        [id],
      );
      return (await context.row(id)).due_at === null;
    });

    await context.resolve(id, 'not_refunded').expect(200);
  });
});
