import { eventually } from '../support/eventually.js';
import type { NotificationInspector } from '../support/notification-inspector.js';
import { accept, type NotificationBehaviour } from '../support/notification-stub.js';
import type { TestApp } from '../support/test-app.js';
import { fail, NotificationContext } from './notification-context.js';

const TIMEOUT_MS = 5_000;

describe('notifications after a failed request', () => {
  let context: NotificationContext;
  let app: TestApp;
  let inspector: NotificationInspector;

  beforeAll(async () => {
    context = await NotificationContext.start();
    ({ app, inspector } = context);
    await context.startWorker();
  });
  afterAll(() => context.close());
  afterEach(() => (app.notifications.defaultBehaviour = accept));

  it.each<[string, NotificationBehaviour, object]>([
    ['a 500', fail, { response_status_code: 500, response_payload: 'out of order', error: null }],
    [
      'a redirect',
      (response) => response.writeHead(302, { Location: app.notifications.url }).end(),
      { response_status_code: 302, response_payload: '', error: null },
    ],
    [
      'a broken connection',
      (_, request) => request.socket.resetAndDestroy(),
      { response_status_code: null, response_payload: null, error: 'ECONNRESET' },
    ],
  ])('are retried after %s, with every attempt stored', async (_, failure, storedFailure) => {
    app.notifications.once(failure);
    app.notifications.once(failure);
    const order = await context.placeOrder('preparation');
    await inspector.waitForAttempts(order, 1);
    await inspector.makeDue(order);
    await inspector.waitForAttempts(order, 2);
    await inspector.makeDue(order);

    await inspector.waitForState('delivered', order);

    expect(await inspector.attempts(order)).toEqual([
      { attempt: 1, duration_ms: expect.any(Number), ...storedFailure },
      { attempt: 2, duration_ms: expect.any(Number), ...storedFailure },
      {
        attempt: 3,
        duration_ms: expect.any(Number),
        response_status_code: 200,
        response_payload: { received: true },
        error: null,
      },
    ]);
    expect(context.receivedIds(order)).toHaveLength(3);
    expect(new Set(context.receivedIds(order)).size).toBe(1);
  });

  it('are retried after a time-out of five seconds', async () => {
    const held = context.holdNextRequest();
    const order = await context.placeOrder('preparation');
    await held();

    const [first] = await inspector.waitForAttempts(order, 1);
    await inspector.makeDue(order);
    await inspector.waitForState('delivered', order);

    expect(first).toMatchObject({ response_status_code: null, response_payload: null, error: 'timeout' });
    expect(first?.duration_ms).toBeGreaterThan(TIMEOUT_MS - 100);
    expect(first?.duration_ms).toBeLessThan(TIMEOUT_MS + 1_000);
    expect(new Set(context.receivedIds(order)).size).toBe(1);
    expect(await inspector.attempts(order)).toHaveLength(2);
  });

  it('are pending after the eleventh attempt', async () => {
    app.notifications.defaultBehaviour = fail;
    const order = await context.placeOrder('preparation');
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

  it('are dead after the twelfth attempt', async () => {
    const order = await context.placeOrderWithDeadNotification();

    expect(await inspector.rows(order)).toMatchObject([{ state: 'dead', attempts: 12, delivered_at: null }]);
  });

  it('do not block later notifications of the order once they are dead', async () => {
    const order = await context.placeOrderWithDeadNotification();

    await context.manager.changeStatus(order, 'ready').expect(200);

    const rows = await eventually('the second notification to be delivered', async () => {
      const [first, second] = await inspector.rows(order);
      return second?.state === 'delivered' ? [first, second] : undefined;
    });
    expect(rows).toMatchObject([
      { status: 'preparation', state: 'dead', attempts: 12, delivered_at: null },
      { status: 'ready', state: 'delivered', attempts: 1 },
    ]);
  });
});
