import pg from 'pg';
import { createSeededDatabase, type TestDatabase } from '../support/database.js';
import { ROWS } from './backlogs.js';
import { seedHistory } from './seed-history.js';

interface TableReads {
  table: string;
  fullScans: number;
  rows: number;
}

/** What the present transaction has read of each table. */
const READS = `
  SELECT relname AS table, seq_scan::int AS "fullScans", (seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS rows
    FROM pg_stat_xact_user_tables WHERE relname IN ('orders', 'order_placements') ORDER BY relname`;

describe(`the count of open orders in a shop with ${ROWS} orders`, () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createSeededDatabase();
    const [customer] = await database.query<{ id: string }>(
      `SELECT id FROM users WHERE email = 'customer@example.com'`,
    );
    await seedHistory(database, ROWS, customer!.id);
    client = new pg.Client(database.url);
    await client.connect();
  }, 60_000 + ROWS);
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it.each([1, 20, 1_000])('reads at most two rows for each order of a limit of %i', async (limit) => {
    await client.query('BEGIN');
    await client.query('SELECT shop_is_full($1)', [limit]);
    const { rows: reads } = await client.query<TableReads>(READS);
    await client.query('ROLLBACK');

    expect(reads.map(({ table, fullScans }) => [table, fullScans])).toEqual([
      ['order_placements', 0],
      ['orders', 0],
    ]);
    expect(reads.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThanOrEqual(2 * limit);
  });
});
