import { Config } from '#config';
import { MigrationDataSource, waitForDatabase } from '#database';
import { createApi } from '../apps/api/create-api.js';
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
    await pauseReplay();
    const environment = {
      DATABASE_URL: servers.urlOfBoth('read-write', 'standby'),
      DATABASE_READ_URL: servers.urlOfBoth('prefer-standby', 'primary'),
    };
    app = await TestApp.start(environment, {
      url: servers.primaryUrl,
      query: (...query) => servers.onPrimary(...query),
      drop: () => servers.remove(),
    });
    ana = await app.customer();
  });
  afterAll(() => app.close());

  /** Returns the server to which a new pool connects. */
  async function serverOf(url: string): Promise<'primary' | 'standby'> {
    const dataSource = await new MigrationDataSource(url, { migrations: [] }).initialize();
    const [row] = await dataSource.query<{ isStandby: boolean }[]>(
      'SELECT pg_is_in_recovery() AS "isStandby"',
    );
    await dataSource.destroy();
    return row?.isStandby ? 'standby' : 'primary';
  }

  async function ownOrders(client: Person): Promise<string[]> {
    const orders = (await client.get(OWN_ORDERS).expect(200)).body as { id: string }[];
    return orders.map(({ id }) => id);
  }

  /** Lets the standby replay nothing from now on. */
  async function pauseReplay(): Promise<void> {
    await servers.onStandby('SELECT pg_wal_replay_pause()');
    await eventually('the standby to pause', async () => {
      const [row] = await servers.onStandby<{ state: string }>(
        'SELECT pg_get_wal_replay_pause_state() AS state',
      );
      return row?.state === 'paused';
    });
  }

  it.each([
    ['read-write', 'primary', 'primary'],
    ['primary', 'primary', 'primary'],
    ['read-only', 'standby', 'standby'],
    ['standby', 'standby', 'standby'],
    ['prefer-standby', 'standby', 'standby'],
    ['any', 'primary', 'standby'],
  ])(
    'are told apart by target_session_attrs=%s: the %s and the %s are used, if the URL names the primary or the standby first',
    async (target, ifPrimaryIsFirst, ifStandbyIsFirst) => {
      expect(await serverOf(servers.urlOfBoth(target, 'primary'))).toBe(ifPrimaryIsFirst);
      expect(await serverOf(servers.urlOfBoth(target, 'standby'))).toBe(ifStandbyIsFirst);
    },
  );

  it('cost the time-out of a silent server once', async () => {
    const silent = await DatabaseProxy.start(servers.primaryUrl);
    silent.goSilent();
    const hosts = `@${new URL(silent.url).host},`;
    const url = `${servers.primaryUrl.replace('@', hosts)}?target_session_attrs=primary&connect_timeout=1`;

    expect([await serverOf(url), await serverOf(url)]).toEqual(['primary', 'primary']);

    expect(silent.acceptedConnections).toBe(1);
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

    expect(await ownOrders(ana)).toContain(id);
  });

  it('serve lists from the standby once it has caught up', async () => {
    const [former = ''] = await ownOrders(ana);
    await servers.onStandby('SELECT pg_wal_replay_resume()');
    await eventually('the standby to catch up', async () => {
      const orders = await servers.onStandby<{ id: string }>('SELECT id FROM orders');
      return orders.some(({ id }) => id === former);
    });
    // The first API has found the standby behind, and leaves it alone for a while.
    const other = await createApi(Config.from(app.environment));
    await other.listen(0, '127.0.0.1');
    await pauseReplay();
    const { id: latest } = await ana.placeOrder(['Latte', 'Vanilla']);

    const listed = await ownOrders(ana.at(await other.getUrl()));

    expect(listed).toContain(former);
    expect(listed).not.toContain(latest);
    await servers.onStandby('SELECT pg_wal_replay_resume()');
    await other.close();
  });

  it('serve the next order after a failover', async () => {
    await servers.failOver();

    await ana.placeOrder(['Latte', 'Vanilla']);
    await ana.get(OWN_ORDERS).expect(200);
    await ana.get('/health/ready').expect(200);
    await eventually('one listening session', async () => {
      const sessions = await servers.onStandby(
        `SELECT FROM pg_stat_activity WHERE application_name = 'coffee-shop signals'`,
      );
      return sessions.length === 1;
    });
  });
});
