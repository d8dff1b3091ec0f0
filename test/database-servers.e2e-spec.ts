import { DataSource } from 'typeorm';
import { Config } from '#config';
import { MigrationDataSource, ReadDatabase, waitForDatabase } from '#database';
import { DatabaseProxy } from './support/database-proxy.js';
import { eventually } from './support/eventually.js';
import type { Person } from './support/person.js';
import { ReplicatedPostgres } from './support/replicated-postgres.js';
import { TestApp } from './support/test-app.js';

const OWN_ORDERS = '/api/v1/orders';

describe('a primary and its standby', () => {
  let servers: ReplicatedPostgres;
  let app: TestApp;
  let ana: Person;

  beforeAll(async () => {
    servers = await ReplicatedPostgres.start();
    await servers.onStandby('SELECT pg_wal_replay_pause()');
    const environment = {
      DATABASE_URL: servers.urlOfBoth('read-write'),
      DATABASE_READ_URL: servers.urlOfBoth('prefer-standby'),
    };
    app = await TestApp.start(environment, {
      url: servers.primaryUrl,
      query: (...query) => servers.onPrimary(...query),
      drop: () => servers.remove(),
    });
    ana = await app.customer();
  });
  afterAll(() => app.close());

  async function isStandbyRead(): Promise<boolean> {
    const reads = new ReadDatabase(app.api.get(DataSource), Config.from(app.environment));
    const [row] = await reads.run((reader) =>
      reader.query<{ isStandby: boolean }[]>('SELECT pg_is_in_recovery() AS "isStandby"'),
    );
    await reads.onApplicationShutdown();
    return row?.isStandby === true;
  }

  async function msToConnect(url: string): Promise<number> {
    const startedAt = performance.now();
    const dataSource = await new MigrationDataSource(url, { migrations: [] }).initialize();
    const duration = performance.now() - startedAt;
    await dataSource.destroy();
    return duration;
  }

  it.each([
    ['read-write', false],
    ['primary', false],
    ['read-only', true],
    ['standby', true],
    ['prefer-standby', true],
    ['any', true],
  ])('are told apart by target_session_attrs=%s', async (target, isStandby) => {
    const dataSource = new MigrationDataSource(servers.urlOfBoth(target), { migrations: [] });
    await dataSource.initialize();

    expect(await dataSource.query('SELECT pg_is_in_recovery() AS "isStandby"')).toEqual([{ isStandby }]);
    await dataSource.destroy();
  });

  it('cost the time-out of a silent server once', async () => {
    const silent = await DatabaseProxy.start(servers.primaryUrl);
    silent.goSilent();
    const hosts = `@${new URL(silent.url).host},`;
    const url = `${servers.primaryUrl.replace('@', hosts)}?target_session_attrs=primary&connect_timeout=1`;

    const durations = [await msToConnect(url), await msToConnect(url)];

    expect(durations[0]).toBeGreaterThan(990);
    expect(durations[1]).toBeLessThan(900);
    await silent.close();
  });

  it('is not ready for a program if the only server is the standby', async () => {
    const url = `${servers.standbyUrl}?target_session_attrs=read-write`;

    await expect(waitForDatabase({ databaseUrl: url, directDatabaseUrl: url }, 300)).rejects.toThrow(
      'The database of DATABASE_URL does not answer: The server is not what target_session_attrs=read-write asks for',
    );
  });

  it('serve orders although the standby is named first', async () => {
    await ana.placeOrder(['Latte', 'Vanilla']);
  });

  it('serve lists from the primary while the standby has replayed nothing', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);

    const [newest] = (await ana.get(OWN_ORDERS).expect(200)).body as { id: string }[];
    expect(newest?.id).toBe(id);
    expect(await isStandbyRead()).toBe(false);
  });

  it('serve lists from the standby once it has caught up', async () => {
    await servers.onStandby('SELECT pg_wal_replay_resume()');

    await eventually('the standby to be read', isStandbyRead);
  });

  it('serve the next order after a failover', async () => {
    await servers.failOver();

    await ana.placeOrder(['Latte', 'Vanilla']);
    await ana.get(OWN_ORDERS).expect(200);
    await ana.get('/health/ready').expect(200);
  });
});
