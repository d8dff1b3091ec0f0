import { ApiProcess } from './support/api-process.js';
import { eventually } from './support/eventually.js';
import { approve, reset } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { Program } from './support/program.js';
import { SlowProvider } from './support/slow-provider.js';
import { TestApp } from './support/test-app.js';

/** More than the 50 charges that run at once. */
const ORDERS = 70;
/** More than the 2 password hashes that run at once. */
const LOGINS = 12;

interface Line {
  msg: string;
  request_id?: string;
  trace_id?: string;
  placement?: string;
  order?: string;
  address?: string;
}

describe('the request_id of a log line', () => {
  let app: TestApp;
  let api: ApiProcess;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({
      TRUSTED_PROXIES: '1',
      PAYMENT_TIMEOUT_MS: '10000',
      NOTIFY_PLACED_ORDERS: 'true',
    });
    api = await ApiProcess.start({ ...app.environment, LOG_LEVEL: 'info' });
    const customer = await app.customer();
    order = await customer.orderFor(['Latte', 'Vanilla']);
    ana = api.clientFor(customer);
  });
  afterAll(async () => {
    await api.stop();
    await app.close();
  });

  /** Sends the requests at once. Returns the lines that the API writes until all of them have ended. */
  async function linesOf(requests: PromiseLike<unknown>[]): Promise<Line[]> {
    const start = api.program.stdout.length;
    await Promise.all(requests);
    return eventually('the last line of each request', () => {
      const lines = parse(api.program.stdout.slice(start));
      return only('request completed', lines).length === requests.length ? lines : undefined;
    });
  }

  /** Without the last line, which may be incomplete. */
  function parse(output: string): Line[] {
    const complete = output.split('\n').slice(0, -1);
    return complete.map((line) => JSON.parse(line) as Line);
  }

  function only(msg: string, lines: Line[]): Line[] {
    return lines.filter((line) => line.msg === msg);
  }

  it('is in every line that a request writes', async () => {
    app.payments.once(reset);

    const lines = await linesOf([ana.placeWithKey(order).set('X-Request-Id', 'only-one').expect(503)]);

    expect(lines.map(({ msg }) => msg)).toEqual(['The payment provider gave no answer', 'request completed']);
    expect(lines.map((line) => line.request_id)).toEqual(['only-one', 'only-one']);
  });

  it('stands beside the trace_id if the request belongs to a trace', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    app.payments.once(reset);

    const lines = await linesOf([
      ana.placeWithKey(order).set('traceparent', `00-${traceId}-00f067aa0ba902b7-00`).expect(503),
    ]);

    expect(lines.map((line) => line.trace_id)).toEqual([traceId, traceId]);
  });

  it('is in the lines of the worker about the notifications that the request caused', async () => {
    const worker = Program.start('apps/worker/main.js', { ...app.environment, LOG_LEVEL: 'info' });
    const manager = api.clientFor(await app.manager());

    const placed = await ana.placeWithKey(order).set('X-Request-Id', 'place').expect(201);
    const { id } = placed.body as { id: string };
    await manager.changeStatus(id, 'preparation').set('X-Request-Id', 'change').expect(200);

    const delivered = await eventually('both deliveries', () => {
      const lines = only('A notification was delivered', parse(worker.stdout));
      return lines.length === 2 ? lines : undefined;
    });
    worker.send('SIGTERM');
    await worker.exited;
    expect(delivered).toMatchObject([
      { order: id, request_id: 'place' },
      { order: id, request_id: 'change' },
    ]);
  });

  it('is the id of the order request if its charge waited for a slot', async () => {
    // Managers have no limit of their own.
    const manager = api.clientFor(await app.manager());
    const provider = new SlowProvider(100, 50);
    app.payments.defaultBehaviour = provider.behaviour;

    const lines = await linesOf(
      Array.from({ length: ORDERS }, (_, index) =>
        manager.placeWithKey(order).set('X-Request-Id', `order-${index}`).expect(201),
      ),
    );

    app.payments.defaultBehaviour = approve;
    const answers = only('The payment provider answered', lines);
    const placements = await app.database.query<{ id: string; request_id: string }>(
      `SELECT id, request_id FROM order_placements WHERE request_id LIKE 'order-%'`,
    );
    expect(provider.maxConcurrent).toBe(50);
    expect(placements).toHaveLength(ORDERS);
    expect(answers).toHaveLength(ORDERS);
    expect(new Map(answers.map((line) => [line.placement, line.request_id]))).toEqual(
      new Map(placements.map((placement) => [placement.id, placement.request_id])),
    );
  });

  it('is the id of the login request if its password check waited for a slot', async () => {
    const addresses = Array.from({ length: LOGINS }, (_, index) => `10.0.0.${index + 1}`);
    const form = { username: 'nobody@example.com', password: 'wrong' };

    const lines = await linesOf(
      addresses.map((address) =>
        app
          .anonymous()
          .at(api.url)
          .post('/api/v1/auth/token')
          .type('form')
          .set('X-Forwarded-For', address)
          .set('X-Request-Id', `login-${address}`)
          .send(form)
          .expect(401),
      ),
    );

    const failures = only('A login failed', lines);
    expect(failures).toHaveLength(LOGINS);
    expect(new Map(failures.map((line) => [line.address, line.request_id]))).toEqual(
      new Map(addresses.map((address) => [address, `login-${address}`])),
    );
  });
});
