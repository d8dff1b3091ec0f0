import { randomUUID } from 'node:crypto';
import type { OrderEventDto } from '../apps/api/orders/dto/order-event.dto.js';
import { RefundContext, WITHOUT_PROVIDER } from './refunds/refund-context.js';

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);

describe('GET /orders/{id}/timeline', () => {
  let context: RefundContext;

  beforeAll(async () => {
    context = await RefundContext.start(WITHOUT_PROVIDER);
  });
  afterAll(() => context.close());

  async function timelineOf(orderId: string, reader = context.customer): Promise<OrderEventDto[]> {
    return (await reader.get(`/api/v1/orders/${orderId}/timeline`).expect(200)).body as OrderEventDto[];
  }

  it('begins when the order is placed', async () => {
    const { id, created_at: at } = await context.placeOrder();

    expect(await timelineOf(id)).toEqual([{ at, type: 'placed', by_role: 'customer' }]);
  });

  it('has each status and a refund, oldest first', async () => {
    const { id } = await context.placeOrder('preparation', 'ready', 'delivered');
    const { id: refund } = await context.requested(id, 100);
    await context.resolve(refund, 'refunded').expect(200);

    const events = await timelineOf(id);

    expect(events).toEqual([
      { at: TIME, type: 'placed', by_role: 'customer' },
      { at: TIME, type: 'status', status: 'preparation', by_role: 'manager' },
      { at: TIME, type: 'status', status: 'ready', by_role: 'manager' },
      { at: TIME, type: 'status', status: 'delivered', by_role: 'manager' },
      {
        at: (await context.refund(refund)).settled_at,
        type: 'refund',
        amount_cents: 100,
        by_role: 'manager',
      },
    ]);
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted());
  });

  it('has a cancellation and its refund by the role of who cancelled', async () => {
    const { id } = await context.placeOrder();
    const { body } = await context.cancel(id, {}, context.customer).expect(200);
    const [refund] = await context.refundsOf(id);
    await context.resolve(refund?.id ?? '', 'refunded').expect(200);

    expect(await timelineOf(id)).toEqual([
      { at: TIME, type: 'placed', by_role: 'customer' },
      { at: body.cancellation.at, type: 'cancelled', by_role: 'customer' },
      { at: TIME, type: 'refund', amount_cents: 860, by_role: 'customer' },
    ]);
  });

  it('has no refund that is pending or rejected', async () => {
    const { id } = await context.placeOrder();
    const { id: rejected } = await context.requested(id, 100);
    await context.requested(id, 200);
    await context.resolve(rejected, 'not_refunded').expect(200);

    expect(await timelineOf(id)).toHaveLength(1);
  });

  it('has what a barista did by that role', async () => {
    const { id } = await context.placeOrder();
    await context.barista.changeStatus(id, 'preparation').expect(200);
    const { id: other } = await context.placeOrder();
    await context.cancel(other, {}, context.barista).expect(200);
    const [refund] = await context.refundsOf(other);
    await context.resolve(refund?.id ?? '', 'refunded').expect(200);

    expect(await timelineOf(id)).toMatchObject([{}, { type: 'status', by_role: 'barista' }]);
    expect(await timelineOf(other)).toMatchObject([
      {},
      { type: 'cancelled', by_role: 'barista' },
      { type: 'refund', by_role: 'barista' },
    ]);
  });

  it.each(['barista', 'manager'] as const)('is the same for a %s', async (role) => {
    const { id } = await context.placeOrder('preparation');

    expect(await timelineOf(id, context[role])).toEqual(await timelineOf(id));
  });

  it('is not found by another customer', async () => {
    const { id } = await context.placeOrder();
    const other = await context.app.customer();

    const { body } = await other.get(`/api/v1/orders/${id}/timeline`).expect(404);

    expect(body.code).toBe('order_not_found');
  });

  it('is not found for an unknown order', async () => {
    await context.manager.get(`/api/v1/orders/${randomUUID()}/timeline`).expect(404);
  });
});
