import { DataSource } from 'typeorm';
import { createSeededDatabase } from '../support/database.js';
import { TestApp } from '../support/test-app.js';
import { scrape, serveMetricsOf } from '../metrics/small-day.js';
import { ROWS } from './backlogs.js';
import { seedHistory } from './seed-history.js';
import { StatementLog, type Statement } from './statement-log.js';

/** Of 8 KB, at any size of the tables. */
const MAX_PAGES = 2_000;

describe(`the statement of the metrics with ${ROWS} rows in every growing table`, () => {
  let app: TestApp;
  let log: StatementLog;
  let statements: Statement[];

  beforeAll(async () => {
    const database = await createSeededDatabase();
    app = await TestApp.start({}, database);
    await seedHistory(database, ROWS, (await app.customer()).id);
    const url = await serveMetricsOf(app.api);
    log = new StatementLog(app.api.get(DataSource));
    statements = await log.capture(() => scrape(url));
  }, 60_000 + ROWS);
  afterAll(() => app.close());

  it('is one', () => {
    expect(statements).toHaveLength(1);
  });

  it('reads a limited number of pages, without a full scan of these tables', async () => {
    const [statement] = statements;
    if (!statement) throw new Error('There is no statement');
    const { pages, ms, indexes, fullScans, rows } = await log.explain(statement);

    if (process.env.SCALE_ROWS !== undefined)
      process.stdout.write(
        `${pages} pages, ${ms.toFixed(1)} ms, ${indexes.join()}, ${JSON.stringify([...rows])}\n`,
      );
    // At most 100,000 sessions are read, in the way that is cheapest.
    expect(fullScans.filter((table) => table !== 'sessions')).toEqual([]);
    expect(pages).toBeLessThan(MAX_PAGES);
  });
});
