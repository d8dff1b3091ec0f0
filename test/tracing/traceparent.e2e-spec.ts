import { randomBytes } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import { hang } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const MALFORMED = `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`;

function newTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}

describe('traceparent', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({ NOTIFY_PLACED_ORDERS: 'true', PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' });
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    order = await ana.orderFor(['Latte', 'Vanilla']);
    await app.startWorker();
  });
  afterAll(() => app.close());

  async function place(traceparent: string): Promise<string> {
    const response = await ana.placeWithKey(order).set('traceparent', traceparent).expect(201);
    return (response.body as { id: string }).id;
  }

  /** Waits for the notification of a status. Returns its headers. */
  async function notificationOf(orderId: string, status: string): Promise<NodeJS.Dict<unknown>> {
    const { headers } = await eventually(`the notification of ${status}`, () =>
      app.notifications.received.find(
        ({ headers: given, body }) => given['x-order-id'] === orderId && body.includes(status),
      ),
    );
    return headers;
  }

  it('of an order reaches the payment provider', async () => {
    const traceparent = newTraceparent();

    await place(traceparent);

    expect(app.payments.requests.at(-1)?.traceparent).toBe(traceparent);
  });

  it('of an order reaches the notification provider through the worker', async () => {
    const traceparent = newTraceparent();

    const id = await place(traceparent);

    expect((await notificationOf(id, 'waiting')).traceparent).toBe(traceparent);
  });

  it('of an order is sent again when the worker repeats its charge', async () => {
    const traceparent = newTraceparent();
    app.payments.once(hang);

    await ana.placeWithKey(order).set('traceparent', traceparent).expect(503);

    const [first, second] = await eventually('the repeated charge', () => {
      const charges = app.payments.requests.filter((request) => request.traceparent === traceparent);
      return charges.length === 2 ? charges : undefined;
    });
    expect(first?.key).toBe(second?.key);
  });

  it('of a status change reaches the notification provider', async () => {
    const [placing, changing] = [newTraceparent(), newTraceparent()];
    const id = await place(placing);

    await manager.changeStatus(id, 'preparation').set('traceparent', changing).expect(200);

    expect((await notificationOf(id, 'preparation')).traceparent).toBe(changing);
  });

  it('of a cancellation reaches the providers of refunds and notifications', async () => {
    const traceparent = newTraceparent();
    const id = await place(newTraceparent());

    await ana.post(`/api/v1/orders/${id}/cancel`).set('traceparent', traceparent).expect(200);

    expect((await notificationOf(id, 'cancelled')).traceparent).toBe(traceparent);
    await eventually('the refund', () =>
      app.refunds.requests.some((request) => request.traceparent === traceparent),
    );
  });

  it('of a refund request reaches the provider', async () => {
    const traceparent = newTraceparent();
    const id = await place(newTraceparent());

    await manager
      .post(`/api/v1/orders/${id}/refunds`, { amount_cents: 100, reason: 'other' })
      .set('traceparent', traceparent)
      .expect(201);

    await eventually('the refund', () =>
      app.refunds.requests.some((request) => request.traceparent === traceparent),
    );
  });

  it('is dropped if it is malformed', async () => {
    const id = await place(MALFORMED);

    expect(app.payments.requests.at(-1)).toMatchObject({ traceparent: undefined });
    expect(await notificationOf(id, 'waiting')).not.toHaveProperty('traceparent');
  });
});
