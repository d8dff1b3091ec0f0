import { DataSource } from 'typeorm';
import { createWorker } from '../../apps/worker/create-worker.js';
import { Config } from '#config';
import { StatementLog } from '../scale/statement-log.js';
import { allowConnections, blockConnections, terminateConnections } from '../support/database-connections.js';
import { valueOf, type MetricFamily } from '../support/prometheus-text.js';
import { TestApp } from '../support/test-app.js';
import { scrape, serveMetricsOf } from './small-day.js';

const DATABASE_GAUGES = [
  'placements',
  'placements_oldest_seconds',
  'placements_in_doubt_cents',
  'refunds',
  'refunds_oldest_seconds',
  'notifications',
  'notifications_oldest_seconds',
  'sessions_active',
];

describe('the metrics of the database', () => {
  let app: TestApp;

  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.close());

  it('read the database at most once in five seconds', async () => {
    const url = await serveMetricsOf(app.api);
    const log = new StatementLog(app.api.get(DataSource));
    const statements = await log.capture(async () => {
      for (let turn = 0; turn < 3; turn += 1) await Promise.all([scrape(url), scrape(url)]);
    });

    expect(statements.filter(({ sql }) => sql.includes('inDoubtCents')).length).toBeLessThanOrEqual(1);
  });

  describe('while PostgreSQL is unreachable', () => {
    let families: Map<string, MetricFamily>;

    beforeAll(async () => {
      const second = await createWorker(Config.from(app.environment));
      try {
        const secondUrl = await serveMetricsOf(second);
        await blockConnections(app.database);
        await terminateConnections(app.database);
        families = await scrape(secondUrl);
      } finally {
        await allowConnections(app.database);
        await second.close();
      }
    });

    it.each(DATABASE_GAUGES)('lack %s', (name) => {
      expect(families.get(name)?.samples).toEqual([]);
    });

    it('show everything else', () => {
      expect(valueOf(families, 'orders_placed_total')).toBe(0);
      expect(valueOf(families, 'nodejs_eventloop_lag_seconds')).toBeDefined();
    });
  });
});
