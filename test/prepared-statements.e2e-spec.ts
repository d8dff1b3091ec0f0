import { DataSource } from 'typeorm';
import { SETTLE_APPROVED } from '../libs/orders/placement/placement-steps.sql.js';
import { TestShop } from './support/shop.js';

describe('statements with parameters', () => {
  let shop: TestShop;
  let dataSource: DataSource;

  beforeAll(async () => {
    shop = await TestShop.open();
    dataSource = shop.api.get(DataSource);
  });
  afterAll(() => shop.close());

  /** What the connection that is asked next has prepared; one request after the other finds the same. */
  async function prepared(pattern: string): Promise<string[]> {
    const sql = 'SELECT statement FROM pg_prepared_statements WHERE statement LIKE $1';
    const rows = await dataSource.query<{ statement: string }[]>(sql, [pattern]);
    return rows.map(({ statement }) => statement);
  }

  it.each(['force_generic_plan', 'force_custom_plan'])(
    'that settle a placement find it by its id, though planned while there was none (%s)',
    async (mode) => {
      const connection = dataSource.createQueryRunner();
      try {
        await connection.query(`SET plan_cache_mode = ${mode}`);
        await connection.query(`PREPARE settle AS ${SETTLE_APPROVED}`);
        const execution = `EXECUTE settle ('00000000-0000-0000-0000-000000000000', 200, '{}')`;
        const plan = JSON.stringify(await connection.query(`EXPLAIN ${execution}`));

        expect(plan).toContain('order_placements_pkey');
      } finally {
        await connection.query('RESET plan_cache_mode');
        await connection.query('DEALLOCATE settle');
        await connection.release();
      }
    },
  );

  it('are prepared once a connection, whoever sends them', async () => {
    const ana = await shop.customer();
    for (let order = 0; order < 3; order += 1) await ana.orders(['Latte', 'Vanilla']);

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
