import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { migrate } from '#database';
import { createEmptyDatabase, createTestDatabase } from './support/database.js';
import { TestApp } from './support/test-app.js';

/** Takes longer than the limits of `withRoleLimits`. */
class Slow1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT pg_sleep(0.5)');
  }
  async down(): Promise<void> {}
}

describe('the time limits of PostgreSQL', () => {
  async function limitsOf(app: TestApp): Promise<unknown> {
    const sql = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'].map(
      (name) => `current_setting('${name}') AS ${name}`,
    );
    const [limits] = await app.api.get(DataSource).query<[unknown]>(`SELECT ${sql.join(', ')}`);
    return limits;
  }

  it('hold on every connection of the pool', async () => {
    const app = await TestApp.start();

    const limits = await Promise.all(Array.from({ length: 10 }, () => limitsOf(app)));

    const expected = {
      statement_timeout: '5s',
      lock_timeout: '2s',
      idle_in_transaction_session_timeout: '5s',
    };
    expect(limits).toEqual(Array(10).fill(expected));
    await app.close();
  });

  it('are those of DATABASE_URL if it names them', async () => {
    const database = await createTestDatabase();
    const app = await TestApp.start({ DATABASE_URL: `${database.url}?statement_timeout=7000` }, database);

    expect(await limitsOf(app)).toMatchObject({ statement_timeout: '7s', lock_timeout: '2s' });
    await app.close();
  });

  it('come with jit switched off', async () => {
    const database = await createTestDatabase();
    await database.query(`ALTER DATABASE ${new URL(database.url).pathname.slice(1)} SET jit = on`);
    const app = await TestApp.start({}, database);

    expect(await app.api.get(DataSource).query('SHOW jit')).toEqual([{ jit: 'off' }]);
    await app.close();
  });

  it('do not hold for migrations', async () => {
    const database = await createEmptyDatabase();
    const name = new URL(database.url).pathname.slice(1);
    await database.query(`ALTER DATABASE ${name} SET statement_timeout = '100ms'`);
    await database.query(`ALTER DATABASE ${name} SET idle_in_transaction_session_timeout = '100ms'`);

    await expect(migrate(`${database.url}?statement_timeout=100`, [Slow1700000000000])).resolves.toEqual([
      'Slow1700000000000',
    ]);
    await database.drop();
  });
});

describe('DATABASE_POOL_SIZE', () => {
  it('limits the connections, and one is enough for orders at the same time', async () => {
    const app = await TestApp.start({ DATABASE_POOL_SIZE: '1' });
    const customers = await Promise.all(Array.from({ length: 5 }, () => app.customer()));

    await Promise.all(customers.map((customer) => customer.placeOrder(['Latte', 'Vanilla'])));

    const connections = await app.database.query(
      `SELECT FROM pg_stat_activity WHERE application_name = 'coffee-shop' AND datname = current_database()`,
    );
    expect(connections).toHaveLength(1);
    await app.close();
  });
});
