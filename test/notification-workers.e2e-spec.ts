import type { ServerResponse } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { eventually } from './support/eventually.js';
import { NotificationInspector } from './support/notification-inspector.js';
import { accept } from './support/notification-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

/** The provider's time-out. */
const TIMEOUT_MS = 5_000;
const KEPT_BYTES = 64 * 1024;

describe('the workers that send notifications', () => {
  let app: TestApp;
  let inspector: NotificationInspector;
  let ana: Person;
  let manager: Person;
  const workers: INestApplicationContext[] = [];

  beforeAll(async () => {
    app = await TestApp.start();
    inspector = new NotificationInspector(app);
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());
  afterEach(async () => {
    app.notifications.defaultBehaviour = accept;
    for (const worker of workers.splice(0)) await worker.close();
  });

  async function startWorker(): Promise<INestApplicationContext> {
    const worker = await app.startWorker();
    workers.push(worker);
    return worker;
  }

  async function orderMoved(...statuses: string[]): Promise<string> {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    for (const status of statuses) await manager.changeStatus(id, status).expect(200);
    return id;
  }

  /** Lets the provider keep its next request waiting; answers how to answer that one. */
  function hold(): () => Promise<ServerResponse> {
    let held: ServerResponse | undefined;
    app.notifications.once((response) => (held = response));
    return () => eventually('the provider to be asked', () => held);
  }

  it('send what was announced while none of them ran', async () => {
    const order = await orderMoved('preparation', 'ready');

    await startWorker();

    await inspector.waitForState('delivered', order);
    expect(inspector.received(order)).toHaveLength(2);
  });

  it('send at once, woken by the change, and not only when they look for themselves each second', async () => {
    await startWorker();
    const startedAt = performance.now();

    for (let round = 0; round < 2; round += 1) {
      const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
      for (const status of ['preparation', 'ready', 'delivered']) {
        await manager.changeStatus(id, status).expect(200);
        await inspector.waitForState('delivered', id);
      }
    }

    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it('send each notification once, though two work at once', async () => {
    const before = app.notifications.received.length;
    const waiting = await Promise.all(
      Array.from({ length: 8 }, () => orderMoved('preparation', 'ready', 'delivered')),
    );

    await Promise.all([startWorker(), startWorker()]);
    const arriving = await Promise.all(
      Array.from({ length: 8 }, () => orderMoved('preparation', 'ready', 'delivered')),
    );

    for (const order of [...waiting, ...arriving]) {
      await inspector.waitForState('delivered', order);
      expect(inspector.received(order).map(({ body }) => body)).toEqual([
        '{"status":"preparation"}',
        '{"status":"ready"}',
        '{"status":"delivered"}',
      ]);
    }
    const ids = app.notifications.received.slice(before).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('take up what a worker that died was sending, when its lease is over', async () => {
    const order = await orderMoved('preparation');
    await app.database.query(
      `UPDATE notifications SET attempts = attempts + 1, due_at = now() - interval '1 ms' WHERE order_id = $1`,
      [order],
    );

    await startWorker();

    expect(await inspector.waitForState('delivered', order)).toMatchObject([{ attempts: 2 }]);
    expect(await inspector.attempts(order)).toMatchObject([{ attempt: 2, response_status_code: 200 }]);
  });

  it('leave alone what another worker is sending, as long as its lease lasts', async () => {
    const claimed = await orderMoved('preparation', 'ready');
    await app.database.query(
      `UPDATE notifications SET attempts = attempts + 1, due_at = now() + interval '15 s' WHERE order_id = $1 AND sequence = 1`,
      [claimed],
    );

    await startWorker();
    const later = await orderMoved('preparation');
    await inspector.waitForState('delivered', later);

    expect(inspector.received(claimed)).toEqual([]);
    await inspector.makeDue(claimed);
    await inspector.waitForState('delivered', claimed);
  });

  it('claim for longer than the provider may take', async () => {
    const answer = hold();
    await startWorker();
    const order = await orderMoved('preparation');
    const response = await answer();

    const [claim] = await app.database.query<{ seconds: number }>(
      'SELECT extract(epoch FROM due_at - now())::float AS seconds FROM notifications WHERE order_id = $1',
      [order],
    );

    expect(claim?.seconds).toBeGreaterThan(TIMEOUT_MS / 1000);
    response.end();
    await inspector.waitForState('delivered', order);
  });

  it('change nothing by an answer that comes after another worker has delivered', async () => {
    const answer = hold();
    await startWorker();
    const order = await orderMoved('preparation');
    const late = await answer();
    await inspector.makeDue(order);
    await startWorker();
    const [delivered] = await inspector.waitForState('delivered', order);

    late.writeHead(500).end('too late');
    await inspector.waitForAttempts(order, 2);

    expect(await inspector.rows(order)).toEqual([delivered]);
    expect(delivered).toMatchObject({ attempts: 2, response_status_code: 200 });
    expect(await inspector.attempts(order)).toMatchObject([
      { attempt: 1, response_status_code: 500, response_payload: 'too late' },
      { attempt: 2, response_status_code: 200 },
    ]);
  });

  it('change nothing by an answer that comes while another worker is sending', async () => {
    const [first, second] = [hold(), hold()];
    await startWorker();
    const order = await orderMoved('preparation');
    const late = await first();
    await inspector.makeDue(order);
    await startWorker();
    const punctual = await second();
    const dueAt =
      'SELECT state, attempts, due_at, response_status_code FROM notifications WHERE order_id = $1';
    const claimed = await app.database.query(dueAt, [order]);

    late.writeHead(500).end('too late');
    await inspector.waitForAttempts(order, 1);

    expect(await app.database.query(dueAt, [order])).toEqual(claimed);
    punctual.end();
    expect(await inspector.waitForState('delivered', order)).toMatchObject([
      { attempts: 2, response_status_code: 200 },
    ]);
    expect(inspector.received(order)).toHaveLength(2);
  });

  it('do not wait for a notification that somebody else has locked', async () => {
    const locked = await orderMoved('preparation');
    const somebody = new pg.Client({ connectionString: app.database.url });
    await somebody.connect();
    await somebody.query('BEGIN');
    await somebody.query('SELECT 1 FROM notifications WHERE order_id = $1 FOR UPDATE', [locked]);

    await startWorker();
    const free = await orderMoved('preparation');
    await inspector.waitForState('delivered', free);

    expect(inspector.received(locked)).toEqual([]);
    await somebody.end();
    await inspector.waitForState('delivered', locked);
  });

  it('end what they are sending before they stop', async () => {
    const answer = hold();
    const worker = await startWorker();
    const order = await orderMoved('preparation');
    const response = await answer();

    const stopped = worker.close();
    response.writeHead(200).end('"just in time"');
    await stopped;

    expect(await inspector.rows(order)).toMatchObject([
      { state: 'delivered', response_payload: 'just in time' },
    ]);
  });

  it('go on when the connection of their signals is lost', async () => {
    await startWorker();
    const ended = await app.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'coffee-shop signals' AND datname = current_database()`,
    );
    expect(ended.length).toBeGreaterThan(0);

    const order = await orderMoved('preparation');

    await inspector.waitForState('delivered', order);
  });

  it('cut off a provider that hangs after five seconds, and send again', async () => {
    const answer = hold();
    await startWorker();
    const order = await orderMoved('preparation');
    await answer();

    const [first] = await inspector.waitForAttempts(order, 1);
    await inspector.makeDue(order);
    await inspector.waitForState('delivered', order);

    expect(first).toMatchObject({ response_status_code: null, response_payload: null, error: 'timeout' });
    expect(first?.duration_ms).toBeGreaterThan(TIMEOUT_MS - 100);
    expect(first?.duration_ms).toBeLessThan(TIMEOUT_MS + 1_000);
    expect(new Set(inspector.received(order).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await inspector.attempts(order)).toHaveLength(2);
  });

  it.each<[string, (response: ServerResponse) => void, number]>([
    ['is huge', (response) => response.end('x'.repeat(5_000_000)), KEPT_BYTES],
    ['never ends', (response) => response.write('the beginning'), 13],
    ['breaks off', (response) => response.write('half', () => response.destroy()), 4],
  ])('take a 2xx for a success though its body %s, and keep its beginning', async (_, send, kept) => {
    app.notifications.once((response) => {
      response.writeHead(200);
      send(response);
    });
    await startWorker();
    const order = await orderMoved('preparation');

    const [row] = await inspector.waitForState('delivered', order);

    expect(row).toMatchObject({ attempts: 1, response_status_code: 200 });
    expect(row?.response_payload).toHaveLength(kept);
    expect(inspector.received(order)).toHaveLength(1);
  });
});
