import { randomUUID } from 'node:crypto';
import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import { RefundContext, TWO_LATTES } from './refunds/refund-context.js';
import { NotificationInspector } from './support/notification-inspector.js';
import type { Person } from './support/person.js';

describe('A cancelled order', () => {
  let context: RefundContext;
  let customer: Person;
  let manager: Person;
  let notifications: NotificationInspector;

  beforeAll(async () => {
    context = await RefundContext.start();
    ({ customer, manager } = context);
    notifications = new NotificationInspector(context.app);
  });
  afterAll(() => context.close());

  it.each(['waiting', 'preparation', 'ready', 'delivered'])('refuses the status %s', async (status) => {
    const { id } = await context.placeOrder();
    await context.cancel(id).expect(200);

    const { body } = await manager.changeStatus(id, status).expect(400);

    expect(body).toMatchObject({
      code: 'invalid_transition',
      detail: 'Invalid transition: current status is cancelled, only next allowed is none.',
    });
    expect(await context.order(id)).toMatchObject({ status: 'cancelled' });
  });

  it.each([
    ['a waiting order', []],
    ['a ready order', ['preparation', 'ready']],
  ])('is not made by PATCH from %s', async (_, steps) => {
    const { id } = await context.placeOrder(...steps);

    const { body } = await manager.changeStatus(id, 'cancelled').expect(400);

    expect(body).toMatchObject({
      code: 'invalid_status',
      detail: 'Invalid status: cancelled. Allowed: waiting, preparation, ready, delivered',
    });
  });

  it.each<[string, (context: RefundContext) => Person]>([
    ['its customer', (people) => people.customer],
    ['a manager', (people) => people.manager],
  ])('is returned unchanged when %s cancels it again', async (_, who) => {
    const { id } = await context.placeOrder();
    const first = await context.cancel(id, { reason: 'customer_request' }, customer).expect(200);

    const again = await context.cancel(id, { reason: 'no_show', note: 'again' }, who(context)).expect(200);

    expect(again.text).toBe(first.text);
    expect(again.headers.etag).toBe(first.headers.etag);
    expect(await context.refundsOf(id)).toMatchObject([{ reason: 'customer_request', note: null }]);
    expect(await notifications.rows(id)).toHaveLength(1);
    const steps = await context.app.database.query(
      'SELECT from_status, to_status, reason, note FROM order_status_transitions WHERE order_id = $1',
      [id],
    );
    expect(steps).toEqual([
      { from_status: 'waiting', to_status: 'cancelled', reason: 'customer_request', note: null },
    ]);
  });

  it('keeps the note, the user and the role in its history', async () => {
    const { id } = await context.placeOrder('preparation');

    await context.cancel(id, { reason: 'out_of_stock', note: 'no milk' }).expect(200);

    const [step] = await context.app.database.query(
      `SELECT from_status, reason, note, changed_by, changed_by_role FROM order_status_transitions
        WHERE order_id = $1 AND to_status = 'cancelled'`,
      [id],
    );
    expect(step).toEqual({
      from_status: 'preparation',
      reason: 'out_of_stock',
      note: 'no milk',
      changed_by: manager.id,
      changed_by_role: 'manager',
    });
  });

  it('is listed by its status', async () => {
    const { id } = await context.placeOrder();
    const cancelled = (await context.cancel(id).expect(200)).body as OrderDto;
    await context.placeOrder();

    const { body } = await manager.get('/api/v1/admin/orders?status=cancelled&limit=100').expect(200);

    expect(body).toContainEqual(cancelled);
    expect((body as OrderDto[]).every(({ status }) => status === 'cancelled')).toBe(true);
  });

  it('is replayed by its key as it was placed', async () => {
    const [body, key] = [await customer.orderFor(...TWO_LATTES), randomUUID()];
    const placed = await customer.placeWithKey(body, key).expect(201);
    await context.cancel(placed.body.id).expect(200);

    const replay = await customer.placeWithKey(body, key).expect(200);

    expect(replay.text).toBe(placed.text);
  });

  it('has the notification of its cancellation as the last', async () => {
    const { id } = await context.placeOrder('preparation', 'ready');
    await context.cancel(id).expect(200);
    await manager.changeStatus(id, 'delivered').expect(400);
    const worker = await context.app.startWorker();

    await notifications.waitForState('delivered', id);
    await worker.close();

    const received = notifications.received(id);
    expect(received.map(({ body }) => body)).toEqual([
      '{"status":"preparation"}',
      '{"status":"ready"}',
      '{"status":"cancelled"}',
    ]);
    expect(received.at(-1)?.headers['webhook-sequence']).toBe('3');
  });
});
