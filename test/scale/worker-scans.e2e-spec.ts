import { DataSource } from 'typeorm';
import { IdempotencyKeyCleanup, RecoveryService } from '#placements';
import { NotificationDispatcher } from '#notifications';
import { TestApp } from '../support/test-app.js';
import { seedHistory } from './seed-history.js';
import { StatementLog, type Statement } from './statement-log.js';

/** Of every table that grows. */
const ROWS = Number(process.env.SCALE_ROWS ?? 20_000);
/** As many pages of 8 KB may one statement touch, whatever the tables' size; a batch of a thousand keys has its own measure. */
const PAGES = 1_000;
const PAGES_OF_REAPING = 40_000;

describe(`with ${ROWS} rows in every table that grows`, () => {
  let app: TestApp;
  const statements = new Map<string, Statement[]>();
  let log: StatementLog;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' });
    const [ana, manager] = [await app.customer(), await app.manager()];
    log = new StatementLog(app.api.get(DataSource));
    const of = async (name: string, work: () => PromiseLike<unknown>): Promise<void> => {
      statements.set(name, await log.capture(work));
    };
    const body = await ana.orderFor(['Latte', 'Vanilla']);
    await of('recovery', () => app.api.get(RecoveryService, { strict: false }).recover());
    await of('reaping', () => app.api.get(IdempotencyKeyCleanup, { strict: false }).deleteExpired());
    await of('placing an order', () => ana.placeWithKey(body, 'a key').expect(201));
    await of('the same key again', () => ana.placeWithKey(body, 'a key').expect(200));
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    await of('a status change', () => manager.changeStatus(id, 'preparation').expect(200));
    await of('delivery', async () => {
      const notifications = app.api.get(NotificationDispatcher, { strict: false });
      await notifications.dispatchDue(() => undefined);
      await notifications.drain();
    });

    // So that they can be written once more.
    await app.database.query('DELETE FROM notification_attempts');
    await seedHistory(app.database, ROWS, ana.id);

    await of('an order', () => ana.get(`/api/v1/orders/${id}`).expect(200));
    const lists = [
      'orders',
      'orders?status=waiting',
      'placements',
      'placements?state=unknown',
      'notifications?state=dead',
    ];
    for (const list of lists) {
      let path = `/api/v1/admin/${list}`;
      await of(list, async () => {
        const { headers } = await manager.get(path).expect(200);
        path = /^<([^>]+)>; rel="next"$/.exec(headers.link ?? '')?.[1] ?? '';
      });
      if (path) await of(`${list}, next page`, () => manager.get(path).expect(200));
    }
  }, 60_000 + ROWS);
  afterAll(() => app.close());

  it('reads no such table from end to end, and no more of it than with few', async () => {
    const table: string[] = [];
    const broken: string[] = [];
    for (const [name, found] of statements) {
      for (const statement of found) {
        const { pages, ms, indexes, fullScans } = await log.explain(statement);
        // A batch of a thousand keys is a large part of a small table, which is then rightly read whole.
        const isBatch = name === 'reaping' && ROWS < 100_000;
        if ((fullScans.length > 0 && !isBatch) || pages > (name === 'reaping' ? PAGES_OF_REAPING : PAGES))
          broken.push(`${name}: ${pages} pages, whole: ${fullScans.join()}: ${statement.sql}`);
        table.push(`| ${name} | ${indexes.join(', ')} | ${pages} | ${ms.toFixed(1)} |`);
      }
    }

    if (process.env.SCALE_ROWS !== undefined) process.stdout.write(`${table.join('\n')}\n`);
    expect(broken).toEqual([]);
    expect(statements.size).toBeGreaterThan(12);
  }, 60_000);
});
