import { randomUUID } from 'node:crypto';
import { RefundContext } from './refund-context.js';

describe('The refunds of an order', () => {
  let context: RefundContext;

  beforeAll(async () => {
    context = await RefundContext.start();
  });
  afterAll(() => context.close());

  it('are listed for its customer without the id of who requested them', async () => {
    const { id } = await context.placeOrder();
    const refunds = [await context.requested(id, 100), await context.requested(id, 200)];

    expect(await context.refundsOf(id, context.customer)).toEqual(
      refunds.map((refund) => Object.assign({}, refund, { requested_by: { role: 'manager' } })),
    );
  });

  it('are listed for managers, oldest first', async () => {
    const { id } = await context.placeOrder();
    const refunds = [await context.requested(id, 100), await context.requested(id, 200)];

    expect(await context.refundsOf(id)).toEqual(refunds);
  });

  it('are none at first', async () => {
    const { id } = await context.placeOrder();

    expect(await context.refundsOf(id, context.customer)).toEqual([]);
  });

  it('are read one by one by its customer without the id of who requested them', async () => {
    const { id } = await context.placeOrder();
    const refund = await context.requested(id, 100);

    const { body } = await context.customer.get(`/api/v1/orders/${id}/refunds/${refund.id}`).expect(200);

    expect(body).toEqual(Object.assign({}, refund, { requested_by: { role: 'manager' } }));
  });

  it("are not found by another order's path", async () => {
    const { id: refundId } = await context.requested((await context.placeOrder()).id, 100);
    const { id } = await context.placeOrder();

    const { body } = await context.customer.get(`/api/v1/orders/${id}/refunds/${refundId}`).expect(404);

    expect(body.code).toBe('refund_not_found');
  });

  it.each(['', `/${randomUUID()}`])('are not found by another customer at /refunds%s', async (path) => {
    const { id } = await context.placeOrder();
    const other = await context.app.customer();

    const { body } = await other.get(`/api/v1/orders/${id}/refunds${path}`).expect(404);

    expect(body.code).toBe('order_not_found');
  });
});
