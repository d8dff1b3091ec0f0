import { EventStreamClient } from '../support/event-stream-client.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { valueOf, type MetricFamily } from '../support/prometheus-text.js';
import { TestApp } from '../support/test-app.js';
import { LATTE_CENTS, scrape, serveMetricsOf, spendSmallDay } from './small-day.js';

describe('the metrics', () => {
  let app: TestApp;
  let url: string;
  let workerUrl: string;
  let manager: Person;
  let text: string;
  let api: Map<string, MetricFamily>;
  let worker: Map<string, MetricFamily>;

  beforeAll(async () => {
    app = await TestApp.start();
    url = await serveMetricsOf(app.api);
    workerUrl = await serveMetricsOf(await app.startWorker());
    ({ manager } = await spendSmallDay(app, workerUrl));
    api = await scrape(url);
    worker = await scrape(workerUrl);
    text = await (await fetch(url)).text();
  });
  afterAll(() => app.close());

  function requests(method: string, route: string, status: number): number | undefined {
    return valueOf(api, 'http_server_request_duration_seconds_count', {
      http_request_method: method,
      http_route: route,
      http_response_status_code: String(status),
    });
  }

  it('count requests by the template of their route', () => {
    expect(requests('POST', '/api/v1/orders', 201)).toBe(2);
    expect(requests('POST', '/api/v1/orders', 402)).toBe(1);
    expect(requests('POST', '/api/v1/orders', 503)).toBe(1);
    expect(requests('GET', '/api/v1/orders/:id', 404)).toBe(1);
  });

  it('count requests without a route together', () => {
    expect(requests('GET', '', 404)).toBe(1);
  });

  it('name a method that the server does not know _OTHER', async () => {
    await fetch(`${app.url}/api/v1/menu`, { method: 'PURGE' });

    await eventually('the request to be counted', async () => {
      api = await scrape(url);
      return requests('_OTHER', '', 405) === 1;
    });
  });

  it('measure durations in the buckets that OpenTelemetry advises', () => {
    const labels = { http_route: '/api/v1/menu' };
    const buckets = api
      .get('http_server_request_duration_seconds')
      ?.samples.filter(
        ({ name, labels: { http_route: route } }) => name.endsWith('_bucket') && route === labels.http_route,
      );

    expect(buckets?.map((bucket) => bucket.labels.le).join(' ')).toBe(
      '0.005 0.01 0.025 0.05 0.075 0.1 0.25 0.5 0.75 1 2.5 5 7.5 10 +Inf',
    );
  });

  it('count orders by their outcome', () => {
    expect(valueOf(api, 'orders_placed_total')).toBe(2);
    expect(valueOf(api, 'order_value_cents_total')).toBe(2 * LATTE_CENTS);
    expect(valueOf(api, 'orders_declined_total')).toBe(1);
    expect(valueOf(api, 'orders_unknown_total')).toBe(1);
  });

  it('count an order that a resolution creates', async () => {
    const { body } = await manager.get('/api/v1/admin/placements?state=unknown').expect(200);
    const [{ id }] = body as [{ id: string }];
    const resolution = { outcome: 'charged', note: 'On the statement' };
    await manager.post(`/api/v1/admin/placements/${id}/resolve`, resolution).expect(200);
    await manager.post(`/api/v1/admin/placements/${id}/resolve`, resolution).expect(200);

    const families = await scrape(url);
    expect(valueOf(families, 'orders_placed_total')).toBe(3);
    expect(valueOf(families, 'order_value_cents_total')).toBe(3 * LATTE_CENTS);
  });

  it('measure charges by their outcome', () => {
    for (const [outcome, count] of Object.entries({ approved: 2, declined: 1, unknown: 1 }))
      expect(valueOf(api, 'charge_duration_seconds_count', { outcome })).toBe(count);
    expect(valueOf(api, 'charge_duration_seconds_sum', { outcome: 'unknown' })).toBeGreaterThan(0.6);
  });

  it('measure refunds by their outcome, in the worker', () => {
    expect(valueOf(worker, 'refund_duration_seconds_count', { outcome: 'refunded' })).toBe(1);
    expect(valueOf(worker, 'refund_duration_seconds_count', { outcome: 'rejected' })).toBe(1);
  });

  it('begin with no rejected refund, so that the first one is an increase', () => {
    expect(valueOf(api, 'refund_duration_seconds_count', { outcome: 'rejected' })).toBe(0);
  });

  it('count answers that mean a wrong configuration', () => {
    const name = 'payment_provider_configuration_errors_total';

    expect(valueOf(worker, name, { provider: 'refund' })).toBe(1);
    expect(valueOf(api, name, { provider: 'payment' })).toBe(0);
  });

  it('show the money in doubt', () => {
    expect(valueOf(api, 'placements', { state: 'unknown' })).toBe(1);
    expect(valueOf(api, 'placements_in_doubt_cents')).toBe(LATTE_CENTS);
    expect(valueOf(api, 'placements_oldest_seconds', { state: 'unknown' })).toBeGreaterThan(0);
  });

  it('show that nothing else waits', () => {
    expect(valueOf(api, 'placements', { state: 'charging' })).toBe(0);
    expect(valueOf(api, 'refunds', { state: 'pending' })).toBe(0);
    expect(valueOf(api, 'notifications_oldest_seconds', { state: 'dead' })).toBe(0);
  });

  it('show the pool, the limiter and the breakers', () => {
    const pool = { db_client_connection_pool_name: 'coffee-shop' };

    expect(
      valueOf(api, 'db_client_connection_count', { ...pool, db_client_connection_state: 'idle' }),
    ).toBeGreaterThan(0);
    expect(valueOf(api, 'db_client_connection_pending_requests', pool)).toBe(0);
    expect(valueOf(api, 'charge_limiter_in_use')).toBe(0);
    expect(valueOf(api, 'charge_limiter_waiting')).toBe(0);
    expect(valueOf(api, 'payment_breaker_open', { provider: 'payment' })).toBe(0);
  });

  it('show the version and the event loop', () => {
    expect(valueOf(worker, 'coffee_shop_build_info', { node: process.version })).toBe(1);
    expect(valueOf(worker, 'nodejs_eventloop_lag_seconds')).toBeDefined();
  });

  it('contain no ids', () => {
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/i);
    expect(text).not.toContain(manager.id);
  });

  it('count open streams and measure none of them', async () => {
    const stream = await EventStreamClient.open(manager, '/api/v1/admin/board/stream');
    await eventually('an open stream', async () => valueOf(await scrape(url), 'event_streams_open') === 1);
    stream.close();
    await eventually('no stream', async () => valueOf(await scrape(url), 'event_streams_open') === 0);

    expect(await (await fetch(url)).text()).not.toContain('/stream"');
  });

  it('are not served at the port of the API', async () => {
    await app.anonymous().get('/metrics').expect(404);
    await app.anonymous().get('/api/v1/metrics').expect(404);
  });
});
