import { ApiProcess } from '../support/api-process.js';
import { CollectorStub } from '../support/collector-stub.js';
import { eventually } from '../support/eventually.js';
import { decline } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { Program } from '../support/program.js';
import { TestApp } from '../support/test-app.js';

const PARENT_SPAN_ID = '00f067aa0ba902b7';

/** A parent that each test gives another trace id. */
function traceparentOf(traceId: string): string {
  return `00-${traceId}-${PARENT_SPAN_ID}-01`;
}

interface Line {
  context?: string;
  request_id?: string;
  trace_id?: string;
}

function linesOf({ stdout }: Program): Line[] {
  const complete = stdout.split('\n').slice(0, -1);
  return complete.map((line) => JSON.parse(line) as Line);
}

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ NOTIFY_PLACED_ORDERS: 'true' });
});
afterAll(() => app.close());

describe('traces of the API and the worker', () => {
  let collector: CollectorStub;
  let api: ApiProcess;
  let worker: Program;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    collector = await CollectorStub.start();
    const environment = {
      ...app.environment,
      LOG_LEVEL: 'info',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20collector',
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
      OTEL_BSP_SCHEDULE_DELAY: '100',
    };
    // It exports nothing before it stops.
    worker = Program.start('apps/worker/main.js', { ...environment, OTEL_BSP_SCHEDULE_DELAY: '600000' });
    api = await ApiProcess.start(environment);
    const customer = await app.customer();
    order = await customer.orderFor(['Latte', 'Vanilla']);
    ana = api.clientFor(customer);
    // Fills the caches, so that the traces below have no queries of them.
    await ana.placeWithKey(order).expect(201);
  });
  afterAll(async () => {
    worker.send('SIGTERM');
    await Promise.all([api.stop(), worker.exited]);
  });

  /** Returns the trace once it has a span of this name. */
  function traceWith(name: string, traceId: string): Promise<string[]> {
    return eventually(`the span ${name}`, () => {
      const lines = collector.tree(traceId, PARENT_SPAN_ID);
      return lines.some((line) => line.includes(name)) ? lines : undefined;
    });
  }

  it('show an order from its request to its notification', async () => {
    const traceId = 'a1'.repeat(16);

    await ana.placeWithKey(order).set('traceparent', traceparentOf(traceId)).expect(201);

    await eventually('the notification', () =>
      app.notifications.received.some(({ headers }) => String(headers.traceparent).includes(traceId)),
    );
    worker.send('SIGTERM');
    await worker.exited;
    expect(await traceWith('POST /api/v1/orders', traceId)).toEqual([
      'POST /api/v1/orders (coffee-shop-api)',
      '  placements.begin_with_key (coffee-shop-api)',
      '  POST (coffee-shop-api)',
      '  placements.settle_approved (coffee-shop-api)',
      '  send notification (coffee-shop-worker)',
      '    POST (coffee-shop-worker)',
      '    notifications.record (coffee-shop-worker)',
    ]);
  });

  it('are continued by the providers from the span of their call', async () => {
    const traceId = 'a2'.repeat(16);

    await ana.placeWithKey(order).set('traceparent', traceparentOf(traceId)).expect(201);

    const { traceparent } = app.payments.requests.at(-1) ?? {};
    const call = await eventually('the span of the call', () =>
      collector.spans.find((span) => span.name === 'POST' && span.traceId === traceId),
    );
    expect(traceparent).toBe(`00-${traceId}-${call.spanId}-01`);
  });

  it('begin with the request if its client has none', async () => {
    await ana.get('/api/v1/orders?limit=1').set('X-Request-Id', 'traced').expect(200);

    const line = await eventually('the log line', () =>
      linesOf(api.program).find(({ request_id: id }) => id === 'traced'),
    );
    const span = await eventually('the span of the request', () =>
      collector.spans.find(({ name }) => name === 'GET /api/v1/orders'),
    );
    expect(span.traceId).toBe(line.trace_id);
    expect(span.parentSpanId).toBeUndefined();
  });

  it('show what failed', async () => {
    const traceId = 'a3'.repeat(16);
    app.payments.once(decline(500));

    await ana.placeWithKey(order).set('traceparent', traceparentOf(traceId)).expect(402);

    const call = await eventually('the span of the call', () =>
      collector.spans.find((span) => span.traceId === traceId && span.failed),
    );
    expect(call).toMatchObject({
      name: 'POST',
      attributes: { 'error.type': '500', 'http.response.status_code': 500, 'server.address': '127.0.0.1' },
    });
  });

  it('contain no query strings, tokens, keys, bodies or values of parameters', async () => {
    const traceId = 'a4'.repeat(16);
    const body = { ...order, note: 'canary-note' };

    const placed = await ana
      .placeWithKey(body, 'canary-key')
      .set('traceparent', traceparentOf(traceId))
      .expect(201);
    const { id } = placed.body as { id: string };
    const anonymous = app.anonymous().at(api.url);
    await anonymous.get(`/api/v1/orders/${id}/stream?ticket=canary-ticket`).expect(401);
    await ana
      .get('/api/v1/auth/me?password=canary-query')
      .set('traceparent', traceparentOf(traceId))
      .expect(200);

    await traceWith('GET /api/v1/auth/me', traceId);
    await traceWith('placements.settle_approved', traceId);
    expect(collector.text).not.toContain('canary');
    expect(collector.text).not.toContain(String(ana.token));
    expect(collector.text).not.toContain(ana.id);
    expect(collector.authorization).toBe('Bearer collector');
  });

  it('are not exported while the collector is away, which the log says', async () => {
    await collector.stop();

    for (let orders = 1; orders <= 3; orders += 1) await ana.placeWithKey(order).expect(201);

    const warning = await eventually('the log line', () =>
      linesOf(api.program).find(({ context }) => context === 'Tracing'),
    );
    expect(warning).toMatchObject({ reason: expect.stringContaining('ECONNREFUSED') });
  });
});
