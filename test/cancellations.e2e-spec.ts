import { ROLES, type Role } from '#users';
import { RefundContext } from './refunds/refund-context.js';
import type { Person } from './support/person.js';

const STEPS = ['preparation', 'ready', 'delivered'];

describe('POST /orders/{id}/cancel', () => {
  let context: RefundContext;
  let customer: Person;
  let manager: Person;

  beforeAll(async () => {
    context = await RefundContext.start();
    ({ customer, manager } = context);
  });
  afterAll(() => context.close());

  /** Returns the id of an order in this status. */
  async function placeOrderInStatus(status: string): Promise<string> {
    return (await context.placeOrder(...STEPS.slice(0, STEPS.indexOf(status) + 1))).id;
  }

  it("cancels its customer's order while it waits", async () => {
    const order = await context.placeOrder();

    const { body } = await context.cancel(order.id, { reason: 'customer_request' }, customer).expect(200);

    const { updated_at: at } = body;
    const cancellation = { at, reason: 'customer_request', by_role: 'customer' };
    expect(body).toEqual(Object.assign({}, order, { status: 'cancelled', updated_at: at, cancellation }));
    expect(await context.order(order.id)).toEqual(body);
  });

  it.each<[string, Role]>([
    ['waiting', 'barista'],
    ['waiting', 'manager'],
    ['preparation', 'manager'],
    ['ready', 'manager'],
  ])('cancels an order that is %s for a %s', async (status, role) => {
    const id = await placeOrderInStatus(status);

    const request = { reason: 'out_of_stock', note: 'no milk' };
    const { body } = await context.cancel(id, request, context[role]).expect(200);

    const cancellation = { at: expect.any(String), reason: 'out_of_stock', by_role: role };
    expect(body).toMatchObject({ id, status: 'cancelled', cancellation });
  });

  it.each<[string, Role]>([
    ['preparation', 'customer'],
    ['preparation', 'barista'],
    ['ready', 'customer'],
    ['ready', 'barista'],
  ])('refuses an order that is %s to a %s', async (status, role) => {
    const id = await placeOrderInStatus(status);
    const before = await context.order(id);

    const { body } = await context.cancel(id, {}, context[role]).expect(409);

    expect(body.code).toBe('order_in_preparation');
    expect(await context.order(id)).toEqual(before);
    expect(await context.refundsOf(id)).toEqual([]);
  });

  it.each(ROLES)('refuses a delivered order to a %s', async (role) => {
    const id = await placeOrderInStatus('delivered');

    const { body } = await context.cancel(id, {}, context[role]).expect(409);

    expect(body.code).toBe('order_delivered');
    expect(await context.refundsOf(id)).toEqual([]);
  });

  it("does not find another customer's order", async () => {
    const { id } = await context.placeOrder();

    const { body } = await context.cancel(id, {}, await context.app.customer()).expect(404);

    expect(body.code).toBe('order_not_found');
    expect(await context.order(id)).toMatchObject({ status: 'waiting', cancellation: null });
  });

  it("does not find another customer's cancelled order", async () => {
    const { id } = await context.placeOrder();
    await context.cancel(id).expect(200);

    await context.cancel(id, {}, await context.app.customer()).expect(404);
  });

  it.each([
    ['no body', undefined],
    ['an empty object', {}],
  ])('needs no reason: %s', async (_, body) => {
    const { id } = await context.placeOrder();

    const cancelled = await context.cancel(id, body, customer).expect(200);

    expect(cancelled.body.cancellation).toMatchObject({ reason: null, by_role: 'customer' });
  });

  it('needs no Content-Type without a body', async () => {
    const { id } = await context.placeOrder();
    const headers = { Authorization: `Bearer ${customer.token}` };

    const url = `${context.app.url}/api/v1/orders/${id}/cancel`;
    const { status } = await fetch(url, { method: 'POST', headers });

    expect(status).toBe(200);
  });

  it.each([
    ['an unknown reason', { reason: 'boredom' }, 'reason'],
    ['a note that is too long', { note: 'x'.repeat(1_001) }, 'note'],
    ['a note that is no text', { note: 7 }, 'note'],
    ['an unknown field', { refund: false }, 'refund'],
  ])('refuses %s with 422', async (_, body, field) => {
    const { id } = await context.placeOrder();

    const refused = await context.cancel(id, body).expect(422);

    expect(refused.body.errors).toEqual([{ field, message: expect.any(String) }]);
    expect(await context.order(id)).toMatchObject({ status: 'waiting' });
  });

  it('accepts a note of 1,000 characters', async () => {
    const { id } = await context.placeOrder();

    await context.cancel(id, { note: 'x'.repeat(1_000) }).expect(200);
  });

  it('refuses a stale If-Match with 412', async () => {
    const order = await context.placeOrder();
    const { headers } = await customer.get(`/api/v1/orders/${order.id}`).expect(200);
    await manager.changeStatus(order.id, 'preparation').expect(200);

    const stale = await context.cancel(order.id).set('If-Match', String(headers.etag)).expect(412);

    expect(stale.body.code).toBe('precondition_failed');
    expect(await context.order(order.id)).toMatchObject({ status: 'preparation' });
    expect(await context.refundsOf(order.id)).toEqual([]);
  });

  it('returns the ETag of the cancelled order for a matching If-Match', async () => {
    const { id } = await context.placeOrder();
    const { headers } = await customer.get(`/api/v1/orders/${id}`).expect(200);

    const cancelled = await context.cancel(id).set('If-Match', String(headers.etag)).expect(200);

    const read = await customer.get(`/api/v1/orders/${id}`).expect(200);
    expect(cancelled.headers.etag).toBe(read.headers.etag);
  });
});
