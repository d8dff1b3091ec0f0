import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { NOTIFICATION_DUE } from '#notifications';
import { eventually } from '../support/eventually.js';
import { HeldCharge } from '../support/held-charge.js';
import { approve, chargeAndReset, type PaymentBehaviour } from '../support/payment-stub.js';
import { NotificationContext } from './notification-context.js';

describe('the notification of a placed order with NOTIFY_PLACED_ORDERS=true', () => {
  let context: NotificationContext;
  let body: Awaited<ReturnType<NotificationContext['customer']['orderFor']>>;
  let listener: pg.Client;
  let wakes = 0;

  beforeAll(async () => {
    context = await NotificationContext.start({
      NOTIFY_PLACED_ORDERS: 'true',
      PAYMENT_PROVIDER_IDEMPOTENCY: 'supported',
      PAYMENT_TIMEOUT_MS: '300',
    });
    body = await context.customer.orderFor(['Latte', 'Vanilla']);
    listener = new pg.Client({ connectionString: context.app.database.url });
    listener.on('notification', () => (wakes += 1));
    await listener.connect();
    await listener.query(`LISTEN ${NOTIFICATION_DUE}`);
  });
  afterEach(() => context.stopWorkers());
  afterAll(async () => {
    await listener.end();
    await context.close();
  });

  it.each([
    ['at once', () => context.placeOrder()],
    ['for a total of 0', placeFreeOrder],
    ["by the client's retry", placeByRetry],
    ['by a response after the time-out', placeByLateResponse],
    ['by a manager', placeByResolution],
  ])('is stored, and wakes the worker, if the order is placed %s', async (_, place) => {
    const wakesBefore = wakes;

    const order = await place();

    const [notification, ...further] = await eventually('the notification', async () => {
      const rows = await context.inspector.rows(order);
      return rows.length > 0 ? rows : undefined;
    });
    expect(notification).toMatchObject({ sequence: 1, status: 'waiting' });
    expect(further).toEqual([]);
    await eventually('a message for the worker', () => wakes > wakesBefore);
  });

  it('is delivered if the recovery places the order', async () => {
    const { orderId } = await placeUntilUnknown(chargeAndReset);

    await context.startWorker();

    await context.inspector.waitForState('delivered', orderId);
    expect(context.receivedBodies(orderId)).toEqual(['{"status":"waiting"}']);
  });

  it('is stored once for an order that is requested twice', async () => {
    const key = randomUUID();
    const { id } = (await context.customer.placeWithKey(body, key).expect(201)).body;

    await context.customer.placeWithKey(body, key).expect(200);

    expect(await context.inspector.rows(id)).toHaveLength(1);
  });

  it('arrives before those of status changes, with the number 1', async () => {
    await context.startWorker();

    const order = await context.placeOrder('preparation');

    const rows = await context.inspector.waitForState('delivered', order);
    expect(context.receivedBodies(order)).toEqual(['{"status":"waiting"}', '{"status":"preparation"}']);
    expect(context.receivedSequences(order)).toEqual(['1', '2']);
    expect(context.receivedIds(order)).toEqual(rows.map(({ id }) => id));
  });

  async function placeFreeOrder(): Promise<string> {
    const product = { name: 'Tap Water', base_price_cents: 0, variations: [{ name: 'Glass' }] };
    await context.manager.post('/api/v1/admin/products', product).expect(201);
    return (await context.customer.placeOrder(['Tap Water', 'Glass'])).id;
  }

  async function placeByRetry(): Promise<string> {
    const { key, orderId } = await placeUntilUnknown(chargeAndReset);
    await context.customer.placeWithKey(body, key).expect(201);
    return orderId;
  }

  async function placeByLateResponse(): Promise<string> {
    const held = new HeldCharge(approve);
    const { orderId } = await placeUntilUnknown(held.behaviour);
    held.release();
    return orderId;
  }

  async function placeByResolution(): Promise<string> {
    const { orderId } = await placeUntilUnknown(chargeAndReset);
    const path = '/api/v1/admin/placements';
    const { body: placements } = await context.manager.get(`${path}?order_id=${orderId}`).expect(200);
    const resolution = { outcome: 'charged', note: 'seen in the dashboard' };
    await context.manager.post(`${path}/${placements[0].id}/resolve`, resolution).expect(200);
    return orderId;
  }

  /** Places an order whose charge gets no response in time. */
  async function placeUntilUnknown(behaviour: PaymentBehaviour): Promise<{ key: string; orderId: string }> {
    const key = randomUUID();
    context.app.payments.once(behaviour);
    const response = await context.customer.placeWithKey(body, key).expect(503);
    return { key, orderId: response.body.order_id };
  }
});
