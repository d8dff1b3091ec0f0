import { DataSource } from 'typeorm';
import { IdempotencyKeyCleanup, RecoveryService } from '#placements';
import { NotificationDispatcher } from '#notifications';
import { RefundDispatcher } from '#refunds';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';
import { BACKLOGS, ROWS, type Backlog } from './backlogs.js';
import { GROWING_TABLES } from './seed-history.js';
import { StatementLog, type Statement } from './statement-log.js';

describe(`the worker with a backlog of ${ROWS}`, () => {
  let app: TestApp;
  let customer: Person;
  let log: StatementLog;
  const statements = new Map<Backlog['task'], Statement[]>();

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' });
    customer = await app.customer();
    log = new StatementLog(app.api.get(DataSource));
    const dispatcher = app.api.get(NotificationDispatcher, { strict: false });
    statements.set('delivery', await log.capture(() => dispatcher.dispatchDue(() => undefined)));
    const refunds = app.api.get(RefundDispatcher, { strict: false });
    statements.set('refunding', await log.capture(() => refunds.dispatchDue(() => undefined)));
    statements.set(
      'recovery',
      await log.capture(() => app.api.get(RecoveryService, { strict: false }).recover()),
    );
    statements.set(
      'key cleanup',
      await log.capture(() => app.api.get(IdempotencyKeyCleanup, { strict: false }).deleteExpired()),
    );
  });
  afterAll(() => app.close());

  async function insert(backlog: Backlog): Promise<void> {
    await app.database.query(`TRUNCATE ${GROWING_TABLES.join()} CASCADE`);
    for (const statement of backlog.inserts) {
      await app.database.query(
        statement.replaceAll('$rows', String(ROWS)).replaceAll('$customer', `'${customer.id}'::uuid`),
      );
    }
    for (const table of GROWING_TABLES) await app.database.query(`VACUUM (ANALYZE) ${table}`);
  }

  it.each(BACKLOGS)(
    'reads at most $maxPages pages for $name',
    async (backlog) => {
      await insert(backlog);

      for (const statement of statements.get(backlog.task) ?? []) {
        const { pages, ms, indexes } = await log.explain(statement);
        if (process.env.SCALE_ROWS !== undefined)
          process.stdout.write(`| ${backlog.name} | ${indexes.join(', ')} | ${pages} | ${ms.toFixed(1)} |\n`);
        expect(pages).toBeLessThan(backlog.maxPages);
      }
    },
    60_000 + ROWS,
  );
});
