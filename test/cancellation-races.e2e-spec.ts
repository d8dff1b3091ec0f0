import { RefundContext, TWO_LATTES_CENTS } from './refunds/refund-context.js';
import { NotificationInspector } from './support/notification-inspector.js';

const ROUNDS = 15;

describe('Concurrent changes of an order', () => {
  let context: RefundContext;
  let notifications: NotificationInspector;

  beforeAll(async () => {
    context = await RefundContext.start();
    notifications = new NotificationInspector(context.app);
  });
  afterAll(() => context.close());

  /** Returns the statuses that the order reached, in order. */
  async function historyOf(orderId: string): Promise<string[]> {
    const steps = await context.app.database.query<{ status: string }>(
      'SELECT to_status AS status FROM order_status_transitions WHERE order_id = $1 ORDER BY changed_at',
      [orderId],
    );
    return steps.map(({ status }) => status);
  }

  async function notifiedOf(orderId: string): Promise<string[]> {
    return (await notifications.rows(orderId)).map(({ status }) => status);
  }

  it('cancel it once if twenty people do so', async () => {
    const { id } = await context.placeOrder();
    const people = Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0 ? context.customer : context.manager,
    );

    const responses = await Promise.all(people.map((person) => context.cancel(id, {}, person)));

    expect(responses.map(({ status }) => status)).toEqual(people.map(() => 200));
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect(await context.refundsOf(id)).toMatchObject([{ amount_cents: TWO_LATTES_CENTS }]);
    expect(await historyOf(id)).toEqual(['cancelled']);
    expect(await notifiedOf(id)).toEqual(['cancelled']);
  });

  it('let either its delivery or its cancellation win', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id } = await context.placeOrder('preparation', 'ready');

      const [cancelled, delivered] = await Promise.all([
        context.cancel(id),
        context.manager.changeStatus(id, 'delivered'),
      ]);

      const isCancelled = cancelled.status === 200;
      expect([cancelled.status, delivered.status]).toEqual(isCancelled ? [200, 400] : [409, 200]);
      if (isCancelled) expect(delivered.body.detail).toMatch('current status is cancelled');
      else expect(cancelled.body.code).toBe('order_delivered');
      const expected = ['preparation', 'ready', isCancelled ? 'cancelled' : 'delivered'];
      expect(await historyOf(id)).toEqual(expected);
      expect(await notifiedOf(id)).toEqual(expected);
      expect(await context.refundsOf(id)).toHaveLength(isCancelled ? 1 : 0);
    }
  });

  it('let either its start or its cancellation by its customer win', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id } = await context.placeOrder();

      const [cancelled, started] = await Promise.all([
        context.cancel(id, {}, context.customer),
        context.manager.changeStatus(id, 'preparation'),
      ]);

      const isCancelled = cancelled.status === 200;
      expect([cancelled.status, started.status]).toEqual(isCancelled ? [200, 400] : [409, 200]);
      if (isCancelled) expect(started.body.detail).toMatch('current status is cancelled');
      else expect(cancelled.body.code).toBe('order_in_preparation');
      expect(await historyOf(id)).toEqual([isCancelled ? 'cancelled' : 'preparation']);
    }
  });

  it('refund the whole payment if one cancels it and others refund a part', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id } = await context.placeOrder();

      const [cancelled, ...parts] = await Promise.all([
        context.cancel(id),
        ...Array.from({ length: 6 }, () => context.request(id, 50)),
      ]);

      expect(cancelled.status).toBe(200);
      expect(parts.filter(({ status }) => ![201, 409].includes(status))).toEqual([]);
      const amounts = (await context.refundsOf(id)).map(({ amount_cents: cents }) => cents);
      expect(amounts.reduce((sum, cents) => sum + cents, 0)).toBe(TWO_LATTES_CENTS);
    }
  });
});
