import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import type { NotificationInspector } from '../support/notification-inspector.js';
import { accept } from '../support/notification-stub.js';
import type { Person } from '../support/person.js';
import { fail, NotificationContext } from './notification-context.js';

const PATH = '/api/v1/admin/notifications';

let context: NotificationContext;
let inspector: NotificationInspector;
let customer: Person;
let manager: Person;

beforeAll(async () => {
  context = await NotificationContext.start();
  ({ inspector, customer, manager } = context);
  await context.startWorker();
});
afterAll(() => context.close());
afterEach(() => (context.app.notifications.defaultBehaviour = accept));

describe('GET /admin/notifications', () => {
  it('lists dead notifications with every attempt', async () => {
    const order = await context.placeOrderWithDeadNotification();
    await inspector.waitForState('delivered', await context.placeOrder('preparation'));
    const [row] = await inspector.rows(order);

    const { body } = await manager.get(`${PATH}?state=dead`).expect(200);

    expect(body[0]).toEqual({
      id: row?.id,
      order_id: order,
      sequence: 1,
      status: 'preparation',
      state: 'dead',
      created_at: expect.any(String),
      due_at: expect.any(String),
      delivered_at: null,
      attempts: expect.any(Array),
    });
    expect([body[0].attempts.at(0), body[0].attempts.at(-1)]).toEqual(
      [1, expect.any(Number)].map((attempt: unknown) => ({
        attempt,
        started_at: expect.stringMatching(/Z$/),
        duration_ms: expect.any(Number),
        response_status_code: 500,
        response_payload: 'out of order',
        error: null,
      })),
    );
    expect(body.every(({ state }: { state: string }) => state === 'dead')).toBe(true);
  });

  it('lists notifications of all states, newest first', async () => {
    const older = await context.placeOrderWithDeadNotification();
    const newer = await context.placeOrder('preparation');
    await inspector.waitForState('delivered', newer);

    const { body } = await manager.get(`${PATH}?limit=2`).expect(200);

    expect(body).toMatchObject([
      { order_id: newer, state: 'delivered' },
      { order_id: older, state: 'dead' },
    ]);
    expect(body[0].delivered_at).toMatch(/Z$/);
  });

  it('links to the next page', async () => {
    await context.placeOrder('preparation', 'ready', 'delivered');

    const first = await manager.get(`${PATH}?limit=1`).expect(200);
    const [, next] = /^<(\?\S+)>; rel="next"$/.exec(first.headers.link ?? '') ?? [];
    const second = await manager.get(`${PATH}${String(next)}`).expect(200);

    expect([first.body[0].status, second.body[0].status]).toEqual(['delivered', 'ready']);
  });

  it('rejects an unknown state', async () => {
    await manager.get(`${PATH}?state=lost`).expect(422);
  });

  it('rejects customers', async () => {
    await customer.get(PATH).expect(403);
  });
});

describe('POST /admin/notifications/:id/redrive', () => {
  it('sends a dead notification again, with the same id', async () => {
    const order = await context.placeOrderWithDeadNotification();
    const [dead] = await inspector.rows(order);

    const { body } = await manager.post(`${PATH}/${dead?.id}/redrive`).expect(200);

    expect(body).toMatchObject({ id: dead?.id, order_id: order, state: 'pending', delivered_at: null });
    expect(body.attempts).toContainEqual(expect.objectContaining({ attempt: 12 }));
    expect(await inspector.waitForState('delivered', order)).toMatchObject([{ id: dead?.id, attempts: 13 }]);
    expect(new Set(context.receivedIds(order)).size).toBe(1);
  });

  it('keeps the number of the notification, so that a late one shows its age', async () => {
    const order = await context.placeOrderWithDeadNotification();
    const [dead] = await inspector.rows(order);
    await manager.changeStatus(order, 'ready').expect(200);
    await eventually('the later notification', () => context.receivedSequences(order).includes('2'));

    const { body } = await manager.post(`${PATH}/${dead?.id}/redrive`).expect(200);
    await inspector.waitForState('delivered', order);

    expect(body).toMatchObject({ sequence: 1, status: 'preparation' });
    expect(context.receivedSequences(order).slice(-2)).toEqual(['2', '1']);
  });

  it('allows twelve further attempts', async () => {
    const order = await context.placeOrderWithDeadNotification();
    const [dead] = await inspector.rows(order);
    context.app.notifications.defaultBehaviour = fail;

    await manager.post(`${PATH}/${dead?.id}/redrive`).expect(200);
    await eventually('the thirteenth attempt', async () =>
      (await inspector.attempts(order)).some(({ attempt }) => attempt === 13) ? true : undefined,
    );
    expect(await inspector.rows(order)).toMatchObject([{ state: 'pending' }]);
    await context.app.database.query('UPDATE notifications SET attempts = 23 WHERE order_id = $1', [order]);
    await inspector.makeDue(order);

    expect(await inspector.waitForState('dead', order)).toMatchObject([{ attempts: 24 }]);
  });

  it('rejects a notification that is not dead', async () => {
    const order = await context.placeOrder('preparation');
    const [delivered] = await inspector.waitForState('delivered', order);

    const { body } = await manager.post(`${PATH}/${delivered?.id}/redrive`).expect(409);

    expect(body).toMatchObject({
      code: 'notification_not_dead',
      detail: 'Only a dead notification can be redriven; this one is delivered',
    });
    expect(inspector.received(order)).toHaveLength(1);
  });

  it('rejects customers', async () => {
    const order = await context.placeOrder('preparation');
    const [delivered] = await inspector.waitForState('delivered', order);

    await customer.post(`${PATH}/${delivered?.id}/redrive`).expect(403);

    expect(inspector.received(order)).toHaveLength(1);
  });

  it('returns 404 for an unknown id', async () => {
    const { body } = await manager.post(`${PATH}/${randomUUID()}/redrive`).expect(404);

    expect(body.detail).toBe('Notification not found');
  });

  it('rejects an id that is not a UUID', async () => {
    await manager.post(`${PATH}/7/redrive`).expect(422);
  });
});
