import pg from 'pg';
import type { NotificationInspector } from '../support/notification-inspector.js';
import { accept } from '../support/notification-stub.js';
import type { TestApp } from '../support/test-app.js';
import { NotificationContext } from './notification-context.js';

const STATUSES = ['preparation', 'ready', 'delivered'];

describe('workers that send notifications', () => {
  let context: NotificationContext;
  let app: TestApp;
  let inspector: NotificationInspector;

  beforeAll(async () => {
    context = await NotificationContext.start();
    ({ app, inspector } = context);
  });
  afterAll(() => context.close());
  afterEach(async () => {
    app.notifications.defaultBehaviour = accept;
    await context.stopWorkers();
  });

  it('send notifications of the time before their start', async () => {
    const order = await context.placeOrder('preparation', 'ready');

    await context.startWorker();

    await inspector.waitForState('delivered', order);
    expect(inspector.received(order)).toHaveLength(2);
  });

  it('are woken by a status change, before they poll', async () => {
    await context.startWorker();
    const startedAt = performance.now();

    for (let round = 0; round < 2; round += 1) {
      const order = await context.placeOrder();
      for (const status of STATUSES) {
        await context.manager.changeStatus(order, status).expect(200);
        await inspector.waitForState('delivered', order);
      }
    }

    // Polling once a second would take about six seconds.
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it('send each notification once if two of them run', async () => {
    const placeOrders = (): Promise<string[]> =>
      Promise.all(Array.from({ length: 8 }, () => context.placeOrder(...STATUSES)));
    const earlierRequests = app.notifications.received.length;
    const beforeStart = await placeOrders();

    await Promise.all([context.startWorker(), context.startWorker()]);
    const afterStart = await placeOrders();

    for (const order of [...beforeStart, ...afterStart]) {
      await inspector.waitForState('delivered', order);
      expect(context.receivedBodies(order)).toEqual([
        '{"status":"preparation"}',
        '{"status":"ready"}',
        '{"status":"delivered"}',
      ]);
    }
    const ids = app.notifications.received.slice(earlierRequests).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('skip a notification that another transaction has locked', async () => {
    const locked = await context.placeOrder('preparation');
    const lockHolder = new pg.Client({ connectionString: app.database.url });
    await lockHolder.connect();
    await lockHolder.query('BEGIN');
    await lockHolder.query('SELECT 1 FROM notifications WHERE order_id = $1 FOR UPDATE', [locked]);

    await context.startWorker();
    const free = await context.placeOrder('preparation');
    await inspector.waitForState('delivered', free);

    expect(inspector.received(locked)).toEqual([]);
    await lockHolder.end();
    await inspector.waitForState('delivered', locked);
  });

  it('finish their requests before they stop', async () => {
    const held = context.holdNextRequest();
    const worker = await context.startWorker();
    const order = await context.placeOrder('preparation');
    const response = await held();

    const stopped = worker.close();
    response.writeHead(200).end('"just in time"');
    await stopped;

    expect(await inspector.rows(order)).toMatchObject([
      { state: 'delivered', response_payload: 'just in time' },
    ]);
  });

  it('continue after the connection for LISTEN is lost', async () => {
    await context.startWorker();
    const terminated = await app.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'coffee-shop signals' AND datname = current_database()`,
    );
    expect(terminated.length).toBeGreaterThan(0);

    const order = await context.placeOrder('preparation');

    await inspector.waitForState('delivered', order);
  });
});
