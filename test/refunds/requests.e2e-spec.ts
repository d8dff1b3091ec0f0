import { randomUUID } from 'node:crypto';
import { RefundContext, TWO_LATTES_CENTS, WITHOUT_PROVIDER } from './refund-context.js';

const MAX_CENTS = 2_147_483_647;

describe('POST /orders/{id}/refunds', () => {
  let context: RefundContext;

  beforeAll(async () => {
    context = await RefundContext.start(WITHOUT_PROVIDER);
  });
  afterAll(() => context.close());

  it('records a refund of a part of the payment', async () => {
    const { id } = await context.placeOrder('preparation', 'ready', 'delivered');
    const request = { amount_cents: 430, reason: 'quality', note: 'sour milk' };

    const { body } = await context.manager.post(`/api/v1/orders/${id}/refunds`, request).expect(201);

    expect(body).toEqual({
      id: expect.any(String),
      order_id: id,
      placement_id: expect.any(String),
      ...{ amount_cents: 430, state: 'pending', reason: 'quality', note: 'sour milk' },
      requested_by: { id: context.manager.id, role: 'manager' },
      created_at: expect.any(String),
      settled_at: null,
      response_status_code: null,
    });
    expect(await context.refundsOf(id)).toEqual([body]);
  });

  it('returns the Location of the refund', async () => {
    const { id } = await context.placeOrder();

    const { body, headers } = await context.request(id, 100).expect(201);

    const { pathname } = new URL(String(headers.location), `${context.app.url}/api/v1/orders/${id}/refunds`);
    const read = await context.manager.get(pathname).expect(200);
    expect(read.body).toEqual(body);
    expect(read.headers.etag).toBe(headers.etag);
  });

  it('changes neither the status of the order nor its refunded_cents', async () => {
    const order = await context.placeOrder();

    await context.requested(order.id, 100);

    expect(await context.order(order.id)).toEqual(order);
  });

  it('records every request without a key', async () => {
    const { id } = await context.placeOrder();
    const request = { amount_cents: 100, reason: 'quality' };

    for (let time = 0; time < 2; time += 1)
      await context.manager.post(`/api/v1/orders/${id}/refunds`, request).expect(201);

    expect(await context.refundsOf(id)).toHaveLength(2);
  });

  it('refuses more than is left', async () => {
    const { id } = await context.placeOrder();
    await context.requested(id, 500);

    const { body, headers } = await context.request(id, 361).expect(409);

    expect(body).toMatchObject({ code: 'refund_exceeds_payment', refundable_cents: 360 });
    expect(headers['retry-after']).toBeUndefined();
    await context.request(id, 360).expect(201);
  });

  it('refuses one cent if nothing is left', async () => {
    const { id } = await context.placeOrder();
    await context.requested(id, TWO_LATTES_CENTS);

    const { body, headers } = await context.request(id, 1).expect(409);

    expect(body).toMatchObject({ code: 'refund_exceeds_payment', refundable_cents: 0 });
    expect(headers['retry-after']).toBeUndefined();
  });

  it('refuses the largest amount as more than is left', async () => {
    const { id } = await context.placeOrder();

    const { body } = await context.request(id, MAX_CENTS).expect(409);

    expect(body.refundable_cents).toBe(TWO_LATTES_CENTS);
  });

  it('gives again what a rejected refund did not', async () => {
    const { id } = await context.placeOrder();
    const { id: refund } = await context.requested(id, TWO_LATTES_CENTS);
    await context.resolve(refund, 'not_refunded').expect(200);

    await context.request(id, TWO_LATTES_CENTS).expect(201);
  });

  it('gives back the rest of a cancelled order whose refund was rejected', async () => {
    const { id } = await context.placeOrder();
    await context.cancel(id).expect(200);
    const [refund] = await context.refundsOf(id);
    await context.resolve(refund?.id ?? '', 'not_refunded').expect(200);

    await context.request(id, TWO_LATTES_CENTS).expect(201);
  });

  it.each([
    ['an amount beyond int4', { amount_cents: MAX_CENTS + 1 }, 'amount_cents'],
    ['an amount of 0', { amount_cents: 0 }, 'amount_cents'],
    ['a negative amount', { amount_cents: -100 }, 'amount_cents'],
    ['a fraction of a cent', { amount_cents: 99.5 }, 'amount_cents'],
    ['an amount in text', { amount_cents: '100' }, 'amount_cents'],
    ['no amount', { amount_cents: undefined }, 'amount_cents'],
    ['an unknown reason', { reason: 'boredom' }, 'reason'],
    ['no reason', { reason: undefined }, 'reason'],
    ['a note that is too long', { note: 'x'.repeat(1_001) }, 'note'],
    ['an unknown field', { order_id: randomUUID() }, 'order_id'],
  ])('refuses %s with 422', async (_, change, field) => {
    const { id } = await context.placeOrder();
    const request = { amount_cents: 100, reason: 'quality', ...change };

    const { body } = await context.manager.post(`/api/v1/orders/${id}/refunds`, request).expect(422);

    expect(body.errors).toEqual([{ field, message: expect.any(String) }]);
    expect(await context.refundsOf(id)).toEqual([]);
  });

  it('does not find an unknown order', async () => {
    const { body } = await context.request(randomUUID(), 100).expect(404);

    expect(body.code).toBe('order_not_found');
  });

  it('is closed to customers', async () => {
    const { id } = await context.placeOrder();

    await context.request(id, 100, randomUUID(), context.customer).expect(403);

    expect(await context.refundsOf(id)).toEqual([]);
  });
});
