import { DataSource } from 'typeorm';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const NO_ID = '00000000-0000-0000-0000-000000000000';

describe('prepared statements', () => {
  let app: TestApp;
  let ana: Person;
  let dataSource: DataSource;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
    dataSource = app.api.get(DataSource);
  });
  afterAll(() => app.close());

  /** Returns the statements that the next connection of the pool has prepared. Sequential requests use the same connection. */
  function prepared(name: string): Promise<{ statement: string }[]> {
    return dataSource.query('SELECT statement FROM pg_prepared_statements WHERE starts_with(name, $1)', [
      `${name}.`,
    ]);
  }

  /** Returns how PostgreSQL runs a prepared statement for any values. */
  async function genericPlan(name: string, values: string): Promise<string> {
    const [found] = await prepared(name);
    const connection = dataSource.createQueryRunner();
    try {
      await connection.query(`PREPARE step AS ${found?.statement ?? ''}`);
      await connection.query('SET plan_cache_mode = force_generic_plan');
      return JSON.stringify(await connection.query(`EXPLAIN EXECUTE step ${values}`));
    } finally {
      await connection.query('RESET plan_cache_mode');
      await connection.query('DEALLOCATE step');
      await connection.release();
    }
  }

  it.each(['placements.begin', 'placements.settle_approved', 'orders.find'])(
    'prepare %s once per connection',
    async (name) => {
      for (let n = 0; n < 3; n += 1) {
        const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
        await ana.get(`/api/v1/orders/${id}`).expect(200);
      }

      expect(await prepared(name)).toHaveLength(1);
    },
  );

  it('leave a statement without a name unprepared', async () => {
    await dataSource.query('SELECT $1::int AS number', [1]);

    const statement = 'SELECT $1::int AS number';
    const sql = 'SELECT name FROM pg_prepared_statements WHERE statement = $1';
    expect(await dataSource.query(sql, [statement])).toEqual([]);
  });

  it('settle a placement through its primary key, even if planned while all placements were settled', async () => {
    await ana.placeOrder(['Latte', 'Vanilla']);

    const plan = await genericPlan(
      'placements.settle_approved',
      `('${NO_ID}', 200, '{}', '{charging}', NULL)`,
    );

    expect(plan).toContain('order_placements_pkey');
  });
});
