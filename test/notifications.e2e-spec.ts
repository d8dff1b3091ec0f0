import { randomUUID } from 'node:crypto';
import { eventually } from './support/eventually.js';
import { NotificationInspector } from './support/notification-inspector.js';
import { accept, type NotificationBehaviour } from './support/notification-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PATH = '/api/v1/admin/notifications';

const fail: NotificationBehaviour = (response) => response.writeHead(500).end('out of order');

describe('the notifications of status changes', () => {
  let app: TestApp;
  let inspector: NotificationInspector;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    inspector = new NotificationInspector(app);
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    await app.startWorker();
  });
  afterAll(() => app.close());
  afterEach(() => (app.notifications.defaultBehaviour = accept));

  /** A new order, moved on over these statuses. */
  async function orderMoved(...statuses: string[]): Promise<string> {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    for (const status of statuses) await manager.changeStatus(id, status).expect(200);
    return id;
  }

  /** A new order whose one notification has died. */
  async function orderWithDeadNotification(): Promise<string> {
    app.notifications.defaultBehaviour = fail;
    const order = await orderMoved('preparation');
    await inspector.waitForAttempts(order, 1);
    await inspector.exhaustAttempts(order);
    await inspector.makeDue(order);
    await inspector.waitForState('dead', order);
    app.notifications.defaultBehaviour = accept;
    return order;
  }

  it('are posted as the new status, exactly that', async () => {
    const order = await orderMoved('preparation', 'ready', 'delivered');

    await inspector.waitForState('delivered', order);

    expect(inspector.received(order).map(({ body }) => body)).toEqual([
      '{"status":"preparation"}',
      '{"status":"ready"}',
      '{"status":"delivered"}',
    ]);
  });

  it('say in their headers which notification they are, when they were sent, and of which order', async () => {
    const order = await orderMoved('preparation');
    const [row] = await inspector.waitForState('delivered', order);

    const [received] = inspector.received(order);
    expect(received?.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/json/),
      'webhook-id': row?.id,
      'webhook-timestamp': expect.stringMatching(/^\d{10}$/),
      'x-order-id': order,
    });
    const sentAt = Number(received?.headers['webhook-timestamp']) * 1000;
    expect(Math.abs(sentAt - Date.now())).toBeLessThan(10_000);
  });

  it('are not held back by a send of another order that hangs', async () => {
    app.notifications.once(() => undefined);
    const hanging = await orderMoved('preparation');
    await eventually('the send to hang', () => inspector.received(hanging).length === 1 || undefined);

    const order = await orderMoved('preparation', 'ready');

    await inspector.waitForState('delivered', order);
    expect(await inspector.attempts(hanging)).toEqual([]);
  });

  it('keep what the provider answered', async () => {
    app.notifications.once((response) => response.writeHead(202).end('{"queued":true}'));
    const order = await orderMoved('preparation');

    expect(await inspector.waitForState('delivered', order)).toEqual([
      expect.objectContaining({
        attempts: 1,
        response_status_code: 202,
        response_payload: { queued: true },
        delivered_at: expect.any(Date),
      }),
    ]);
  });

  it('are not sent for a refused change, nor for a new order', async () => {
    const order = await orderMoved();
    await manager.changeStatus(order, 'ready').expect(400);
    await manager.changeStatus(order, 'brewed').expect(400);
    await ana.changeStatus(order, 'preparation').expect(403);
    await manager.changeStatus(order, 'preparation').expect(200);

    await inspector.waitForState('delivered', order);

    expect(inspector.received(order).map(({ body }) => body)).toEqual(['{"status":"preparation"}']);
  });

  const refused = { response_status_code: 500, response_payload: 'out of order', error: null };
  const moved = { response_status_code: 302, response_payload: '', error: null };
  const broken = { response_status_code: null, response_payload: null, error: 'ECONNRESET' };
  it.each<[string, NotificationBehaviour, object]>([
    ['a 500', fail, refused],
    ['a redirect', (response) => response.writeHead(302, { Location: app.notifications.url }).end(), moved],
    ['a broken connection', (_, request) => request.socket.resetAndDestroy(), broken],
  ])('are sent again after %s, and every attempt is kept with its answer', async (_, failure, kept) => {
    app.notifications.once(failure);
    app.notifications.once(failure);
    const order = await orderMoved('preparation');
    await inspector.waitForAttempts(order, 1);
    await inspector.makeDue(order);
    await inspector.waitForAttempts(order, 2);
    await inspector.makeDue(order);

    await inspector.waitForState('delivered', order);

    expect(await inspector.attempts(order)).toEqual([
      { attempt: 1, duration_ms: expect.any(Number), ...kept },
      { attempt: 2, duration_ms: expect.any(Number), ...kept },
      {
        attempt: 3,
        duration_ms: expect.any(Number),
        response_status_code: 200,
        response_payload: { received: true },
        error: null,
      },
    ]);
    const ids = inspector.received(order).map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });

  it('wait for the earlier ones of their order, and not for those of other orders', async () => {
    const stuck = await orderMoved();
    app.notifications.defaultBehaviour = (response, request) =>
      (request.headers['x-order-id'] === stuck ? fail : accept)(response, request);
    await manager.changeStatus(stuck, 'preparation').expect(200);
    await manager.changeStatus(stuck, 'ready').expect(200);
    await inspector.waitForAttempts(stuck, 1);

    const other = await orderMoved('preparation', 'ready', 'delivered');
    await inspector.waitForState('delivered', other);
    await inspector.makeDue(stuck);
    const failures = (await inspector.waitForAttempts(stuck, 2)).length;
    app.notifications.defaultBehaviour = accept;
    await inspector.makeDue(stuck);
    await inspector.waitForState('delivered', stuck);

    const bodies = inspector.received(stuck).map(({ body }) => body);
    expect(bodies.slice(0, failures)).toEqual(Array(failures).fill('{"status":"preparation"}'));
    expect(bodies.filter((body) => body === '{"status":"ready"}')).toHaveLength(1);
    expect(bodies.at(-1)).toBe('{"status":"ready"}');
  });

  it('die after the twelfth attempt, and then hold back no later one', async () => {
    app.notifications.defaultBehaviour = fail;
    const order = await orderMoved('preparation');
    await inspector.waitForAttempts(order, 1);
    await inspector.exhaustAttempts(order);
    await inspector.makeDue(order);
    await inspector.waitForState('dead', order);
    app.notifications.defaultBehaviour = accept;

    await manager.changeStatus(order, 'ready').expect(200);

    const rows = await eventually('the second to be delivered', async () => {
      const [first, second] = await inspector.rows(order);
      return second?.state === 'delivered' ? [first, second] : undefined;
    });
    expect(rows).toMatchObject([
      { status: 'preparation', state: 'dead', attempts: 12, delivered_at: null },
      { status: 'ready', state: 'delivered', attempts: 1 },
    ]);
  });

  it('are not dead after the eleventh attempt', async () => {
    app.notifications.defaultBehaviour = fail;
    const order = await orderMoved('preparation');
    await inspector.waitForAttempts(order, 1);
    await app.database.query('UPDATE notifications SET attempts = 10 WHERE order_id = $1', [order]);
    await inspector.makeDue(order);

    await eventually('the eleventh attempt', async () =>
      (await inspector.attempts(order)).some(({ attempt }) => attempt === 11) ? true : undefined,
    );

    expect(await inspector.rows(order)).toMatchObject([{ state: 'pending', attempts: 11 }]);
    app.notifications.defaultBehaviour = accept;
    await inspector.makeDue(order);
    await inspector.waitForState('delivered', order);
  });

  it('are listed for managers with every attempt, the dead ones by themselves', async () => {
    const order = await orderWithDeadNotification();
    const alive = await orderMoved('preparation');
    await inspector.waitForState('delivered', alive);
    const [row] = await inspector.rows(order);

    const { body: dead } = await manager.get(`${PATH}?state=dead`).expect(200);
    const { body: all } = await manager.get(`${PATH}?limit=2`).expect(200);

    expect(dead[0]).toEqual({
      id: row?.id,
      order_id: order,
      status: 'preparation',
      state: 'dead',
      created_at: expect.any(String),
      due_at: expect.any(String),
      delivered_at: null,
      attempts: expect.any(Array),
    });
    expect([dead[0].attempts.at(0), dead[0].attempts.at(-1)]).toEqual(
      [1, 12].map((attempt) => ({
        attempt,
        started_at: expect.stringMatching(/Z$/),
        duration_ms: expect.any(Number),
        response_status_code: 500,
        response_payload: 'out of order',
        error: null,
      })),
    );
    expect(dead.every(({ state }: { state: string }) => state === 'dead')).toBe(true);
    expect(all).toMatchObject([{ order_id: alive, state: 'delivered' }, { order_id: order }]);
    expect(all[0].delivered_at).toMatch(/Z$/);
  });

  it('are listed page by page', async () => {
    await orderMoved('preparation', 'ready', 'delivered');

    const first = await manager.get(`${PATH}?limit=1`).expect(200);
    const [, next] = /^<(\S+)>; rel="next"$/.exec(first.headers.link ?? '') ?? [];
    const second = await manager.get(next ?? '').expect(200);

    expect([first.body[0].status, second.body[0].status]).toEqual(['delivered', 'ready']);
    await manager.get(`${PATH}?state=lost`).expect(422);
    await ana.get(PATH).expect(403);
  });

  it('are sent again when a manager redrives a dead one', async () => {
    const order = await orderWithDeadNotification();
    const [dead] = await inspector.rows(order);

    const { body } = await manager.post(`${PATH}/${dead?.id}/redrive`).expect(200);

    expect(body).toMatchObject({ id: dead?.id, order_id: order, state: 'pending', delivered_at: null });
    expect(body.attempts).toContainEqual(expect.objectContaining({ attempt: 12 }));
    expect(await inspector.waitForState('delivered', order)).toMatchObject([{ id: dead?.id, attempts: 13 }]);
    expect(new Set(inspector.received(order).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('have twelve further attempts after a redrive', async () => {
    const order = await orderWithDeadNotification();
    const [dead] = await inspector.rows(order);
    app.notifications.defaultBehaviour = fail;

    await manager.post(`${PATH}/${dead?.id}/redrive`).expect(200);
    await eventually('the thirteenth attempt', async () =>
      (await inspector.attempts(order)).some(({ attempt }) => attempt === 13) ? true : undefined,
    );
    expect(await inspector.rows(order)).toMatchObject([{ state: 'pending' }]);
    await app.database.query('UPDATE notifications SET attempts = 23 WHERE order_id = $1', [order]);
    await inspector.makeDue(order);

    expect(await inspector.waitForState('dead', order)).toMatchObject([{ attempts: 24 }]);
  });

  it('are redriven only when they are dead, and only by managers', async () => {
    const order = await orderMoved('preparation');
    const [delivered] = await inspector.waitForState('delivered', order);
    const path = `${PATH}/${delivered?.id}/redrive`;

    const { body } = await manager.post(path).expect(409);

    expect(body).toMatchObject({
      code: 'notification_not_dead',
      detail: 'Only a dead notification can be redriven; this one is delivered',
    });
    await ana.post(path).expect(403);
    expect((await manager.post(`${PATH}/${randomUUID()}/redrive`).expect(404)).body.detail).toBe(
      'Notification not found',
    );
    await manager.post(`${PATH}/7/redrive`).expect(422);
    expect(inspector.received(order)).toHaveLength(1);
  });
});
