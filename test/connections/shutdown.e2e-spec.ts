import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from '../support/api-process.js';
import { EventStreamClient } from '../support/event-stream-client.js';
import { eventually } from '../support/eventually.js';
import { HeldCharge } from '../support/held-charge.js';
import { RawConnection } from '../support/raw-connection.js';
import { TestApp } from '../support/test-app.js';

const GRACE_MS = 1_000;
const UNREAD = 'GET /docs/swagger-ui-init.js HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(1_000);
const GET_MENU = 'GET /api/v1/menu HTTP/1.1\r\nHost: localhost\r\n\r\n';
const UNFINISHED_BODY =
  'POST /api/v1/auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\nu';
const UNFINISHED = 'GET /api/v1/menu HTTP/1.1\r\nHost: loc';

describe('closing the API', () => {
  it('ends running requests and their kept connections, and does not wait for silent ones', async () => {
    const app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '10000' });
    const charge = new HeldCharge();
    app.payments.once(charge.behaviour);
    const ana = await app.customer();
    const order = await ana.orderFor(['Latte', 'Vanilla']);
    const silent = await RawConnection.open(app.url);
    const placing = ana
      .placeWithKey(order)
      .set('Connection', 'keep-alive')
      .then(({ status }) => status);
    await charge.arrived;

    const closing = app.close();
    await sleep(50);
    charge.release();

    expect(await placing).toBe(201);
    await closing;
    await silent.readToEnd();
  }, 10_000);

  it('answers a request that has arrived, and closes its connection', async () => {
    const app = await TestApp.start();
    const connection = await RawConnection.open(app.url);
    await connection.write(GET_MENU).readUntil('"products"');

    connection.write(GET_MENU);
    const closing = app.close();

    expect(await connection.readToEnd()).toContain('"code":"shutting_down"');
    await closing;
  });

  it.each([
    ['does not read its responses', 0, UNREAD],
    ['has a request whose body is on its way', 0.9 * GRACE_MS, UNFINISHED_BODY],
  ])(
    'closes a connection that %s, at the latest after a time of grace',
    async (_, atLeastMs, bytes) => {
      const app = await TestApp.start({}, undefined, { closeGraceMs: GRACE_MS });
      const connection = await RawConnection.open(app.url);
      connection.write(bytes);
      await app.anonymous().get('/api/v1/menu').expect(200);
      const closedAt = performance.now();

      await app.close();

      expect(performance.now() - closedAt).toBeGreaterThanOrEqual(atLeastMs);
      await connection.readToEnd();
    },
    10_000,
  );
});

describe('the API program', () => {
  it('exits within 15 s of SIGTERM whatever its clients do', async () => {
    const app = await TestApp.start();
    const api = await ApiProcess.start(app.environment);
    const connections = await Promise.all(
      [UNREAD, UNFINISHED, ''].map(async (bytes) => (await RawConnection.open(api.url)).write(bytes)),
    );
    await app.anonymous().at(api.url).get('/api/v1/menu').expect(200);

    const stoppedAt = performance.now();
    await api.stop();

    expect(performance.now() - stoppedAt).toBeLessThan(15_000);
    for (const connection of connections) connection.hangUp();
    await app.close();
  });
});

describe('the API program, for SHUTDOWN_DELAY_MS after SIGTERM,', () => {
  const DELAY_MS = 5_000;
  /** End what has started, in reverse order. */
  const closers: (() => Promise<void>)[] = [];
  let api: ApiProcess;
  let signalledAt: number;
  let streamEndedAt: number;
  let later: EventStreamClient;
  let answers: { ready: Response; live: Response; menu: Response; order: number };

  /** Everything that clients do during the delay, at once, so that a busy machine has the whole delay for it. */
  beforeAll(async () => {
    const app = await TestApp.start();
    closers.push(() => app.close());
    api = await ApiProcess.start({ ...app.environment, SHUTDOWN_DELAY_MS: String(DELAY_MS) });
    closers.push(() => api.stop());
    const customer = (await app.customer()).at(api.url);
    const barista = (await app.barista()).at(api.url);
    const body = await customer.orderFor(['Latte', 'Vanilla']);
    const stream = await EventStreamClient.ofBoard(barista);
    const streamEnded = stream.ended().then(() => performance.now());

    api.program.send('SIGTERM');
    signalledAt = performance.now();
    await eventually('an API that is not ready', async () => (await get('/health/ready')).status === 503);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) api.program.send(signal);
    const [ready, live, menu, order] = await Promise.all([
      get('/health/ready'),
      get('/health/live'),
      get('/api/v1/menu'),
      customer.placeWithKey(body).then(({ status }) => status),
    ]);
    answers = { ready, live, menu, order };
    [streamEndedAt, later] = await Promise.all([streamEnded, EventStreamClient.ofBoard(barista)]);
  });
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  });

  /** Keeps its connections, unless the API closes them. */
  function get(path: string): Promise<Response> {
    return fetch(api.url + path);
  }

  it('is not ready, but live', async () => {
    const { ready, live } = answers;

    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ code: 'shutting_down' });
    expect(live.status).toBe(200);
  });

  it('takes orders on new connections', () => {
    expect(answers.order).toBe(201);
  });

  it('lets no client keep its connection', () => {
    const { status, headers } = answers.menu;

    expect([status, headers.get('connection')]).toEqual([200, 'close']);
  });

  it('ends its streams within 1.5 s, and opens others', () => {
    expect(streamEndedAt - signalledAt).toBeLessThan(1_500);
    expect(later.status).toBe(200);
  });

  it('does not exit, and then it does, with all its streams', async () => {
    await api.program.exited;
    const exitedAfterMs = performance.now() - signalledAt;

    expect(exitedAfterMs).toBeGreaterThanOrEqual(DELAY_MS);
    expect(exitedAfterMs).toBeLessThan(DELAY_MS + 3_000);
    await later.ended();
  });
});
