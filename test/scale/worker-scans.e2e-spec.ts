import { DataSource } from 'typeorm';
import { Config } from '#config';
import { newId } from '#database';
import { NotificationDispatcher } from '#notifications';
import { IdempotencyKeyCleanup, RecoveryService } from '#placements';
import { RefundDispatcher } from '#refunds';
import { RetentionCleanup } from '#retention';
import { SessionCleanup } from '#sessions';
import { createWorker } from '../../apps/worker/create-worker.js';
import { Device } from '../sessions/session-client.js';
import { TestApp } from '../support/test-app.js';
import { seedHistory } from './seed-history.js';
import { StatementLog, type Statement } from './statement-log.js';

/** Rows of every growing table. */
const ROWS = Number(process.env.SCALE_ROWS ?? 20_000);
/** The limit of 8 KB pages for one statement, at any size of the tables. */
const MAX_PAGES = 1_000;
/** A cleanup deletes a thousand keys at once, or details of a thousand rows. */
const MAX_CLEANUP_PAGES = 40_000;
const CLEANUP = 'key cleanup';
const RETENTION = 'retention';
const CLEANUPS = [CLEANUP, RETENTION];
/** Of a cleanup with nothing to do, however many rows it has gone through. */
const MAX_IDLE_PAGES = 20;

describe(`the app with ${ROWS} rows in every growing table`, () => {
  let app: TestApp;
  const statements = new Map<string, Statement[]>();
  let log: StatementLog;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported', RETENTION_DAYS: '30' });
    const [customer, manager] = [await app.customer(), await app.manager()];
    log = new StatementLog(app.api.get(DataSource));
    const capture = async (name: string, work: () => PromiseLike<unknown>): Promise<void> => {
      statements.set(name, await log.capture(work));
    };
    const body = await customer.orderFor(['Latte', 'Vanilla']);
    await capture('recovery', () => app.api.get(RecoveryService, { strict: false }).recover());
    await capture(CLEANUP, () => app.api.get(IdempotencyKeyCleanup, { strict: false }).deleteExpired());
    statements.set(RETENTION, await captureRetention());
    const refunds = app.api.get(RefundDispatcher, { strict: false });
    await capture('refunding', () => refunds.dispatchDue(() => undefined));
    await capture('a new order', () => customer.placeWithKey(body, 'a key').expect(201));
    await capture('a replayed order', () => customer.placeWithKey(body, 'a key').expect(200));
    const { id } = await customer.placeOrder(['Latte', 'Vanilla']);
    await capture('a status change', () => manager.changeStatus(id, 'preparation').expect(200));
    await capture('delivery', async () => {
      const dispatcher = app.api.get(NotificationDispatcher, { strict: false });
      await dispatcher.dispatchDue(() => undefined);
      await dispatcher.drain();
    });

    // The captured statement inserts these rows again.
    await app.database.query('DELETE FROM notification_attempts');
    await seedHistory(app.database, ROWS, customer.id);

    const device = new Device(app.url);
    const session = await device.openSession();
    await capture('a refresh', () => device.refresh(session.refresh_token).expect(200));
    await capture('a repeated refresh', () => device.refresh(session.refresh_token).expect(200));
    await capture('an access token', () => device.use(session).expect(404));
    await capture('a log-out', () => device.revoke(session.refresh_token).expect(200));
    const sessions = app.api.get(SessionCleanup, { strict: false });
    await capture('session cleanup', () => sessions.deleteExpired());
    await capture('an order', () => customer.get(`/api/v1/orders/${id}`).expect(200));
    await capture('a timeline', () => customer.get(`/api/v1/orders/${id}/timeline`).expect(200));
    await capture('the refunds of an order', () => customer.get(`/api/v1/orders/${id}/refunds`).expect(200));
    await capture('an unknown order', () => customer.get(`/api/v1/orders/${newId()}`).expect(404));
    const lists = [
      'orders',
      'orders?status=waiting',
      'placements',
      'placements?state=unknown',
      `placements?order_id=${id}`,
      'notifications?state=dead',
      'refunds',
      'refunds?state=unknown',
      'audit',
      `audit?subject=${id}`,
    ];
    for (const list of lists) {
      const path = `/api/v1/admin/${list}`;
      let next = '';
      await capture(list, async () => {
        const { headers } = await manager.get(path).expect(200);
        next = /^<(\?[^>]+)>; rel="next"$/.exec(headers.link ?? '')?.[1] ?? '';
      });
      const nextPath = path.replace(/[?].*/, '') + next;
      if (next) await capture(`${list}, next page`, () => manager.get(nextPath).expect(200));
    }
  }, 60_000 + ROWS);
  afterAll(() => app.close());

  /** The API has no retention. */
  async function captureRetention(): Promise<Statement[]> {
    const worker = await createWorker(Config.from(app.environment));
    const retention = worker.get(RetentionCleanup, { strict: false });
    const captured = await new StatementLog(worker.get(DataSource)).capture(() => retention.deleteExpired());
    await worker.close();
    return captured;
  }

  it('reads a limited number of pages, without full scans of these tables', async () => {
    const report: string[] = [];
    const violations: string[] = [];
    for (const [name, captured] of statements) {
      for (const statement of captured) {
        const { pages, ms, indexes, fullScans } = await log.explain(statement);
        // A thousand rows are so large a part of a small table that a full scan is the best plan.
        const mayScan = CLEANUPS.includes(name) && ROWS < 100_000;
        const maxPages = CLEANUPS.includes(name) ? MAX_CLEANUP_PAGES : MAX_PAGES;
        if ((fullScans.length > 0 && !mayScan) || pages > maxPages)
          violations.push(`${name}: ${pages} pages, full scans: ${fullScans.join()}: ${statement.sql}`);
        report.push(`| ${name} | ${indexes.join(', ')} | ${pages} | ${ms.toFixed(1)} |`);
      }
    }

    if (process.env.SCALE_ROWS !== undefined) process.stdout.write(`${report.join('\n')}\n`);
    expect(violations).toEqual([]);
    expect(statements.size).toBeGreaterThan(12);
    expect(statements.get(RETENTION)).toHaveLength(4);
  }, 60_000);

  it('reads few pages once the retention has gone through all rows', async () => {
    await app.database.query('UPDATE cleanup_positions SET created_at = now()');

    for (const statement of statements.get(RETENTION) ?? [])
      expect((await log.explain(statement)).pages).toBeLessThanOrEqual(MAX_IDLE_PAGES);
  });
});
