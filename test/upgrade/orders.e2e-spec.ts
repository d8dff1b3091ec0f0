import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import { eventually } from '../support/eventually.js';
import { logIn } from '../support/log-in.js';
import { NotificationInspector } from '../support/notification-inspector.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';
import { FormerShop, TOTAL_CENTS } from './former-shop.js';

describe('An order from before refunds and numbers', () => {
  let app: TestApp;
  let customer: Person;
  let manager: Person;
  let untouched: Awaited<ReturnType<FormerShop['insertOrder']>>;
  let cancelled: typeof untouched;
  let continued: typeof untouched;

  beforeAll(async () => {
    const shop = await FormerShop.create();
    untouched = await shop.insertOrder();
    cancelled = await shop.insertOrder();
    continued = await shop.insertOrder();
    await shop.upgrade();
    app = await TestApp.start({}, shop.database);
    [customer, manager] = await Promise.all([logIn(app.url, 'customer'), logIn(app.url, 'manager')]);
  });
  afterAll(() => app.close());

  async function order(id: string): Promise<OrderDto> {
    return (await customer.get(`/api/v1/orders/${id}`).expect(200)).body as OrderDto;
  }

  it('is readable, without number, name, note, cancellation and refunds', async () => {
    expect(await order(untouched.orderId)).toMatchObject({
      status: 'preparation',
      total_cents: TOTAL_CENTS,
      metadata: { table: 4 },
      items: [{ product_name: 'Latte', variation_name: 'Vanilla', quantity: 2 }],
      payment: { amount_cents: TOTAL_CENTS, response_status_code: 200 },
      number: null,
      pickup_name: null,
      note: null,
      cancellation: null,
      refunded_cents: 0,
    });
  });

  it('has its steps in its timeline, changed by a manager', async () => {
    const { body } = await customer.get(`/api/v1/orders/${untouched.orderId}/timeline`).expect(200);

    expect(body).toMatchObject([
      { at: '2025-11-01T08:00:00.123Z', type: 'placed', by_role: 'customer' },
      { at: '2025-11-01T08:01:00.123Z', type: 'status', status: 'preparation', by_role: 'manager' },
    ]);
  });

  it('is moved on, and its notifications arrive in order', async () => {
    const { orderId } = continued;

    await manager.changeStatus(orderId, 'ready').expect(200);

    const notifications = new NotificationInspector(app);
    const worker = await app.startWorker();
    await notifications.waitForState('delivered', orderId);
    await worker.close();
    expect(notifications.received(orderId).map(({ body }) => body)).toEqual([
      '{"status":"preparation"}',
      '{"status":"ready"}',
    ]);
  });

  it('is cancelled, and its charge is refunded', async () => {
    const { orderId, placementId } = cancelled;

    await manager.post(`/api/v1/orders/${orderId}/cancel`, { reason: 'out_of_stock' }).expect(200);

    const worker = await app.startWorker();
    const refunded = await eventually('the refund', async () => {
      const found = await order(orderId);
      return found.refunded_cents > 0 ? found : undefined;
    });
    await worker.close();
    expect(refunded).toMatchObject({
      status: 'cancelled',
      cancellation: { reason: 'out_of_stock', by_role: 'manager' },
      refunded_cents: TOTAL_CENTS,
    });
    expect(app.refunds.refunds).toMatchObject([{ charge: placementId, amountCents: TOTAL_CENTS }]);
  });
});
