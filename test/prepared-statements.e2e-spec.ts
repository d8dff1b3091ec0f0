import { DataSource } from 'typeorm';
import { RECORD } from '../libs/notifications/notifications.repository.js';
import { SETTLE_APPROVED } from '../libs/placements/placement-transitions.sql.js';
import { TestApp } from './support/test-app.js';

/** How the names begin that are given to them; libraries name some of their own. */
const OURS = 'statement%';
const NOBODY = '00000000-0000-0000-0000-000000000000';

describe('statements with parameters', () => {
  let app: TestApp;
  let dataSource: DataSource;

  beforeAll(async () => {
    app = await TestApp.start();
    dataSource = app.api.get(DataSource);
  });
  afterAll(() => app.close());

  /** What the connection that is asked next has prepared; one request after the other finds the same. */
  async function prepared(pattern: string): Promise<string[]> {
    const sql = 'SELECT statement FROM pg_prepared_statements WHERE statement LIKE $1 AND name LIKE $2';
    const rows = await dataSource.query<{ statement: string }[]>(sql, [pattern, OURS]);
    return rows.map(({ statement }) => statement);
  }

  /** How PostgreSQL would run the statement, for any values and for these. */
  async function plansOf(statement: string, values: string): Promise<string[]> {
    const connection = dataSource.createQueryRunner();
    try {
      await connection.query(`PREPARE step AS ${statement}`);
      const plans = [];
      for (const mode of ['force_generic_plan', 'force_custom_plan']) {
        await connection.query(`SET plan_cache_mode = ${mode}`);
        plans.push(JSON.stringify(await connection.query(`EXPLAIN EXECUTE step ${values}`)));
      }
      return plans;
    } finally {
      await connection.query('RESET plan_cache_mode');
      await connection.query('DEALLOCATE step');
      await connection.release();
    }
  }

  it('that settle a placement find it by its id, though planned while there was none', async () => {
    const plans = await plansOf(SETTLE_APPROVED, `('${NOBODY}', 200, '{}')`);

    const byId: unknown = expect.stringContaining('order_placements_pkey');
    expect(plans).toEqual([byId, byId]);
  });

  it('that record an attempt find the notification by its id, though planned while all were delivered', async () => {
    const { id } = await (await app.customer()).placeOrder(['Latte', 'Vanilla']);
    await dataSource.query(
      `INSERT INTO notifications (id, order_id, sequence, status, state, delivered_at)
       SELECT gen_random_uuid(), $1, n, 'ready', 'delivered', now() FROM generate_series(1, 2000) n`,
      [id],
    );
    await dataSource.query('VACUUM ANALYZE notifications');

    const plans = await plansOf(RECORD, `('${NOBODY}', 1, 5, 200, '{}', NULL, 'delivered', 0)`);

    const byId: unknown = expect.stringContaining('notifications_pkey');
    expect(plans).toEqual([byId, byId]);
  });

  it('are prepared once a connection, whoever sends them', async () => {
    const ana = await app.customer();
    for (let order = 0; order < 3; order += 1) await ana.placeOrder(['Latte', 'Vanilla']);

    expect(await prepared('%INSERT INTO order_placements%')).toHaveLength(1);
    expect(await prepared('%UPDATE order_placements%placed%')).toHaveLength(1);
  });

  it('that are made up anew each time do not fill the server', async () => {
    for (let n = 0; n < 300; n += 1) {
      expect(await dataSource.query(`SELECT $1::int + ${n} AS sum`, [1])).toEqual([{ sum: n + 1 }]);
    }

    const all = await prepared('%');
    expect(all.length).toBeGreaterThan(50);
    expect(all.length).toBeLessThanOrEqual(200);
  });
});
