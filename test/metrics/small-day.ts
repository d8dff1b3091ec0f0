import type { INestApplicationContext } from '@nestjs/common';
import { serveMetrics, type HealthChecks } from '#metrics';
import { eventually } from '../support/eventually.js';
import { decline } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { parseMetrics, valueOf, type MetricFamily } from '../support/prometheus-text.js';
import { hang } from '../support/provider-stub.js';
import { reject } from '../support/refund-stub.js';
import type { TestApp } from '../support/test-app.js';

export const LATTE_CENTS = 430;

/** Serves the metrics of an application at a free port of this machine. Returns the URL. */
export function serveMetricsOf(app: INestApplicationContext, checks?: HealthChecks): Promise<string> {
  return serveMetrics(app, { host: '127.0.0.1', port: 0, portVariable: 'METRICS_PORT' }, checks);
}

export async function scrape(url: string): Promise<Map<string, MetricFamily>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The scrape failed with ${response.status}`);
  return parseMetrics(await response.text());
}

/** Two orders are placed, one is declined, and one charge gets no answer. One refund is made, and one refused. */
export async function spendSmallDay(app: TestApp, workerUrl: string): Promise<{ manager: Person }> {
  const [customer, manager] = [await app.customer(), await app.manager()];
  const order = await customer.placeOrder(['Latte', 'Vanilla']);
  await customer.placeOrder(['Latte', 'Vanilla']);
  const body = await customer.orderFor(['Latte', 'Vanilla']);
  app.payments.once(decline());
  await customer.placeWithKey(body).expect(402);
  app.payments.once(hang);
  await customer.placeWithKey(body).expect(503);
  app.refunds.once(reject(404));
  for (const amount of [100, 200])
    await manager
      .post(`/api/v1/orders/${order.id}/refunds`, { amount_cents: amount, reason: 'quality' })
      .expect(201);
  await customer.get(`/api/v1/orders/${crypto.randomUUID()}`).expect(404);
  await customer.get(`/nowhere/${crypto.randomUUID()}`).expect(404);
  await eventually('the answers to both refunds', async () => {
    const sent = await scrape(workerUrl);
    return ['refunded', 'rejected'].every(
      (outcome) => valueOf(sent, 'refund_duration_seconds_count', { outcome }) === 1,
    );
  });
  return { manager };
}
