import { reject } from '../support/refund-stub.js';
import { RefundContext, WITH_KEYS, WITHOUT_KEYS } from './refund-context.js';

describe.each([WITH_KEYS, WITHOUT_KEYS])('The worker, %j', (environment) => {
  let context: RefundContext;

  beforeAll(async () => {
    context = await RefundContext.start(environment);
    await context.app.startWorker();
  });
  afterAll(() => context.close());

  it('sends a refund with its id as the key', async () => {
    const { id: orderId } = await context.placeOrder();
    const charge = context.app.payments.charges.at(-1)?.key;

    const { id } = await context.requested(orderId, 430);
    await context.waitForState('refunded', id);

    expect(context.sends(id)).toEqual([{ key: id, body: { value: 430, charge } }]);
  });

  it.each([200, 201, 204])('records an answer with %s as refunded', async (status) => {
    const requested = await context.requestedWhen(({ record, response }) => {
      record();
      response.writeHead(status).end();
    });

    const refund = await context.waitForState('refunded', requested.id);

    const answer = { settled_at: expect.any(String), response_status_code: status, response_payload: '' };
    const sends = { attempts: 1, due_at: null, failure: null, resolutions: [] };
    expect(refund).toEqual(Object.assign({}, requested, { state: 'refunded', ...answer, ...sends }));
    expect(await context.order(requested.order_id ?? '')).toMatchObject({ refunded_cents: 110 });
  });

  it.each([400, 402, 404, 422])('records an answer with %s as rejected', async (status) => {
    const requested = await context.requestedWhen(reject(status));

    const refund = await context.waitForState('rejected', requested.id);

    expect(refund).toMatchObject({ response_status_code: status, settled_at: expect.any(String) });
    expect(context.sends(requested.id)).toHaveLength(1);
  });

  it('frees what a rejected refund reserved', async () => {
    const requested = await context.requestedWhen(reject());
    await context.waitForState('rejected', requested.id);

    const orderId = requested.order_id ?? '';
    expect(await context.reservedOf(orderId)).toBe(10);
    expect(await context.order(orderId)).toMatchObject({ refunded_cents: 10 });
    await context.request(orderId, 850).expect(201);
  });

  it('refunds an order that was cancelled', async () => {
    const { id: orderId } = await context.placeOrder();
    await context.cancel(orderId).expect(200);

    const [refund] = await context.refundsOf(orderId);
    await context.waitForState('refunded', refund?.id ?? '');

    expect(context.paid(refund?.id ?? '')).toMatchObject([{ amountCents: 860 }]);
    expect(await context.order(orderId)).toMatchObject({ status: 'cancelled', refunded_cents: 860 });
  });

  it('refunds each of many once', async () => {
    const orders = await Promise.all(Array.from({ length: 4 }, () => context.placeOrder()));

    const refunds = await Promise.all(
      orders.flatMap(({ id }) => Array.from({ length: 10 }, () => context.requested(id, 86))),
    );
    for (const { id } of refunds) await context.waitForState('refunded', id);

    expect(refunds.map(({ id }) => context.paid(id).length)).toEqual(refunds.map(() => 1));
    for (const { id } of orders) expect(await context.order(id)).toMatchObject({ refunded_cents: 860 });
  });
});
