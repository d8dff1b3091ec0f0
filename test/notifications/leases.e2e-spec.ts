import type { NotificationInspector } from '../support/notification-inspector.js';
import { accept } from '../support/notification-stub.js';
import type { TestApp } from '../support/test-app.js';
import { NotificationContext } from './notification-context.js';

const TIMEOUT_MS = 5_000;

describe('the lease of a notification', () => {
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

  /** Claims the order's first notification as a worker does that crashes before it sends. */
  async function claim(order: string, leaseSeconds: number): Promise<void> {
    await app.database.query(
      `UPDATE notifications SET attempts = attempts + 1, due_at = now() + make_interval(secs => $2)
        WHERE order_id = $1 AND sequence = 1`,
      [order, leaseSeconds],
    );
  }

  it('lets another worker send after it has expired', async () => {
    const order = await context.placeOrder('preparation');
    await claim(order, -0.001);

    await context.startWorker();

    expect(await inspector.waitForState('delivered', order)).toMatchObject([{ attempts: 2 }]);
    expect(await inspector.attempts(order)).toMatchObject([{ attempt: 2, response_status_code: 200 }]);
  });

  it('stops other workers from sending until it expires', async () => {
    const claimed = await context.placeOrder('preparation', 'ready');
    await claim(claimed, 15);

    await context.startWorker();
    const later = await context.placeOrder('preparation');
    await inspector.waitForState('delivered', later);

    expect(inspector.received(claimed)).toEqual([]);
    await inspector.makeDue(claimed);
    await inspector.waitForState('delivered', claimed);
  });

  it("is longer than the provider's time-out", async () => {
    const held = context.holdNextRequest();
    await context.startWorker();
    const order = await context.placeOrder('preparation');
    const response = await held();

    const [lease] = await app.database.query<{ seconds: number }>(
      'SELECT extract(epoch FROM due_at - now())::float AS seconds FROM notifications WHERE order_id = $1',
      [order],
    );

    expect(lease?.seconds).toBeGreaterThan(TIMEOUT_MS / 1000);
    response.end();
    await inspector.waitForState('delivered', order);
  });

  it('protects a delivered notification from a late response to an earlier attempt', async () => {
    const held = context.holdNextRequest();
    await context.startWorker();
    const order = await context.placeOrder('preparation');
    const lateResponse = await held();
    await inspector.makeDue(order);
    await context.startWorker();
    const [delivered] = await inspector.waitForState('delivered', order);

    lateResponse.writeHead(500).end('too late');
    await inspector.waitForAttempts(order, 2);

    expect(await inspector.rows(order)).toEqual([delivered]);
    expect(delivered).toMatchObject({ attempts: 2, response_status_code: 200 });
    expect(await inspector.attempts(order)).toMatchObject([
      { attempt: 1, response_status_code: 500, response_payload: 'too late' },
      { attempt: 2, response_status_code: 200 },
    ]);
  });

  it('protects a running attempt from a late response to an earlier attempt', async () => {
    const [firstHeld, secondHeld] = [context.holdNextRequest(), context.holdNextRequest()];
    await context.startWorker();
    const order = await context.placeOrder('preparation');
    const lateResponse = await firstHeld();
    await inspector.makeDue(order);
    await context.startWorker();
    const currentResponse = await secondHeld();
    const readRow = (): Promise<unknown[]> =>
      app.database.query(
        'SELECT state, attempts, due_at, response_status_code FROM notifications WHERE order_id = $1',
        [order],
      );
    const claimed = await readRow();

    lateResponse.writeHead(500).end('too late');
    await inspector.waitForAttempts(order, 1);

    expect(await readRow()).toEqual(claimed);
    currentResponse.end();
    expect(await inspector.waitForState('delivered', order)).toMatchObject([
      { attempts: 2, response_status_code: 200 },
    ]);
    expect(inspector.received(order)).toHaveLength(2);
  });
});
