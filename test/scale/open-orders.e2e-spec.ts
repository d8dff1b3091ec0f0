import pg from 'pg';
import { createSeededDatabase, type TestDatabase } from '../support/database.js';
import { ROWS } from './backlogs.js';
import { seedHistory } from './seed-history.js';

/** How often the connection scanned the tables completely, and how many entries of them and of their indexes it read. */
const READS = `
  SELECT sum(pg_stat_get_xact_numscans(oid)) FILTER (WHERE relkind = 'r')::int AS "fullScans",
         sum(pg_stat_get_xact_tuples_returned(oid))::int AS entries
    FROM pg_class, (SELECT ARRAY['orders', 'order_placements']::regclass[] AS tables) AS counted
   WHERE oid = ANY (tables) OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = ANY (tables))`;

describe(`the count of open orders in a shop with ${ROWS} orders`, () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createSeededDatabase();
    const [customer] = await database.query<{ id: string }>(
      `SELECT id FROM users WHERE email = 'customer@example.com'`,
    );
    await seedHistory(database, ROWS, customer!.id);
  }, 60_000 + ROWS);
  afterAll(() => database.drop());

  it.each([1, 20, 1_000])('reads at most two entries for each order of a limit of %i', async (limit) => {
    // PostgreSQL counts the reads of a connection until it next becomes idle after a second.
    const client = new pg.Client(database.url);
    await client.connect();
    await client.query('BEGIN');
    await client.query('SELECT shop_is_full($1)', [limit]);
    const { rows } = await client.query<{ fullScans: number; entries: number }>(READS);
    await client.end();

    expect(rows[0]?.fullScans).toBe(0);
    expect(rows[0]?.entries).toBeGreaterThan(0);
    expect(rows[0]?.entries).toBeLessThanOrEqual(2 * limit);
  });
});
