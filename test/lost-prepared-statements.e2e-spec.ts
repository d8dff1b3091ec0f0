import { DataSource } from 'typeorm';
import { preparedStatement, PreparedStatements, Transactions } from '#database';
import { terminateConnections } from './support/database-connections.js';
import { eventually } from './support/eventually.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const COUNT = 'SELECT count(*)::int AS count FROM pg_prepared_statements';

/** Sequential requests use the same connection of the pool. */
describe('if a connection has lost its prepared statements', () => {
  let app: TestApp;
  let ana: Person;
  let dataSource: DataSource;
  let statements: PreparedStatements;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
    dataSource = app.api.get(DataSource);
    statements = app.api.get(PreparedStatements, { strict: false });
  });
  afterAll(() => app.close());

  it('orders are placed and read', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    await ana.get(`/api/v1/orders/${id}`).expect(200);

    await dataSource.query('DEALLOCATE ALL');

    await ana.get(`/api/v1/orders/${id}`).expect(200);
    await dataSource.query('DEALLOCATE ALL');
    await ana.placeOrder(['Latte', 'Vanilla']);
  });

  it('a statement of the same name that another process has made is not run', async () => {
    const statement = preparedStatement('test.same_name', 'SELECT $1::text AS text');
    await terminateConnections(app.database, 'coffee-shop');
    await dataSource.query(`PREPARE "${statement.name}" AS SELECT 'of another process' AS text, $1::text`);

    expect(await statements.query(statement, ['own'])).toEqual([{ text: 'own' }]);
  });

  it('a statement whose table has changed runs again', async () => {
    await dataSource.query('CREATE TABLE changing AS SELECT 1 AS a');
    const statement = preparedStatement('test.changing', 'SELECT * FROM changing');
    expect(await statements.query(statement, [])).toEqual([{ a: 1 }]);

    await dataSource.query('ALTER TABLE changing ADD COLUMN b int DEFAULT 2');

    expect(await statements.query(statement, [])).toEqual([{ a: 1, b: 2 }]);
  });

  it('the connection is not used again', async () => {
    const backend = async () =>
      (await dataSource.query<[{ pid: number }]>('SELECT pg_backend_pid() AS pid'))[0].pid;
    const statement = preparedStatement('test.lost', 'SELECT 1 AS one');
    await statements.query(statement, []);
    const before = await backend();
    await dataSource.query('DEALLOCATE ALL');

    await statements.query(statement, []);

    expect(await backend()).not.toBe(before);
  });

  it('a transaction is not continued: the client gets 503 and its repetition succeeds', async () => {
    const manager = await app.manager();
    // The heartbeat may have taken the connection meanwhile, and then another one is used.
    const { id, headers } = await eventually('a transaction on the connection', async () => {
      const order = await ana.placeOrder(['Latte', 'Vanilla']);
      await manager.changeStatus(order.id, 'preparation').expect(200);
      await dataSource.query('DEALLOCATE ALL');
      const response = await manager.changeStatus(order.id, 'ready');
      return response.status === 503 ? { id: order.id, headers: response.headers } : undefined;
    });

    expect(headers['retry-after']).toMatch(/\d/);
    // An earlier turn may have left another such connection.
    await eventually('the repetition', async () => (await manager.changeStatus(id, 'ready')).status === 200);
  });

  it('names differ for different texts and are equal for equal ones', () => {
    const name = (text: string): string => preparedStatement('test.name', text).name;

    expect(name('SELECT 1')).toBe(name('SELECT 1'));
    expect(name('SELECT 1')).not.toBe(name('SELECT 2'));
  });
});

describe('with DATABASE_PREPARED_STATEMENTS=off', () => {
  it('no statement is prepared', async () => {
    const app = await TestApp.start({ DATABASE_PREPARED_STATEMENTS: 'off' });
    const [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    await manager.changeStatus(id, 'preparation').expect(200);
    await ana.get(`/api/v1/orders/${id}`).expect(200);

    const counts = await Promise.all(
      Array.from({ length: 10 }, () =>
        app.api.get(Transactions).run((tx) => tx.query<[{ count: number }]>(COUNT)),
      ),
    );

    expect(counts.map(([{ count }]) => count)).toEqual(Array(10).fill(0));
    await app.close();
  });
});
