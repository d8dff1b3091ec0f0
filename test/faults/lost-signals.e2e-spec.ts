import { setTimeout } from 'node:timers/promises';
import type { MenuDto } from '../../apps/api/catalog/dto/product.dto.js';
import { ApiProcess, freePort } from '../support/api-process.js';
import { terminateConnections } from '../support/database-connections.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { DatabaseProxy } from '../support/database-proxy.js';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';

const LOSS = /"level":"warn".*No notifications arrive from the database.*/g;
/** Longer than the pause before a reconnection, which is 1 s. */
const AFTER_RECONNECTION_MS = 2_000;

describe('an API whose notifications from the database are lost', () => {
  let app: TestApp;
  /** Run in order after each test. */
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  afterAll(() => app.close());

  async function start(environment: NodeJS.ProcessEnv): Promise<ApiProcess> {
    const api = await ApiProcess.start({ ...app.environment, LOG_LEVEL: 'info', ...environment });
    closing.unshift(() => api.stop());
    return api;
  }

  async function priceOfLatte(api: ApiProcess): Promise<number | undefined> {
    const { body } = await app.anonymous().at(api.url).get('/api/v1/menu').expect(200);
    return (body as MenuDto).products.find(({ name }) => name === 'Latte')?.base_price_cents;
  }

  async function listeningSessions(): Promise<number> {
    const sessions = await app.database.query(
      `SELECT FROM pg_stat_activity WHERE application_name = 'coffee-shop signals' AND datname = current_database()`,
    );
    return sessions.length;
  }

  async function setPrice(cents: number): Promise<void> {
    await app.database.query(`UPDATE products SET base_price_cents = $1 WHERE name = 'Latte'`, [cents]);
  }

  /** The other database accepts LISTEN but never sends a notification, like a pooler in transaction mode. */
  describe('although LISTEN succeeds', () => {
    let other: TestDatabase;
    beforeAll(async () => {
      other = await createTestDatabase();
    });
    afterAll(() => other.drop());

    it('shows and charges every new price at once', async () => {
      const api = await start({ DATABASE_DIRECT_URL: other.url });
      const ana = (await app.customer()).at(api.url);

      for (const cents of [210, 220, 230]) {
        await setPrice(cents);
        expect(await priceOfLatte(api)).toBe(cents);
        await ana.post('/api/v1/orders', await ana.orderFor(['Latte', 'Vanilla'])).expect(201);
      }
    });

    it('logs the loss once and names DATABASE_DIRECT_URL', async () => {
      const api = await start({ DATABASE_DIRECT_URL: other.url });
      const sessions = new Set<number>();

      // Each session that hears nothing is replaced.
      await eventually(
        'a third session',
        async () => {
          const found = await other.query<{ pid: number }>(
            `SELECT pid FROM pg_stat_activity WHERE application_name = 'coffee-shop signals' AND datname = current_database()`,
          );
          for (const { pid } of found) sessions.add(pid);
          return sessions.size > 2;
        },
        30_000,
      );

      const losses = api.program.stdout.match(LOSS);
      expect(losses).toHaveLength(1);
      expect(losses?.[0]).toContain('DATABASE_DIRECT_URL');
    }, 40_000);
  });

  it('logs why a heartbeat cannot be sent, if the pool has no database', async () => {
    const proxy = await DatabaseProxy.start(app.database.url);
    const api = await start({ DATABASE_URL: proxy.url, DATABASE_DIRECT_URL: app.database.url });
    await priceOfLatte(api);

    await proxy.close();
    const [loss] = await eventually('a warning', () => api.program.stdout.match(LOSS) ?? undefined);

    expect(loss).toContain('ECONNREFUSED');
    expect(loss).not.toContain('DATABASE_DIRECT_URL');
  });

  it('closes a connection on which LISTEN failed before it opens the next one', async () => {
    const proxy = await DatabaseProxy.start(app.database.url);
    closing.push(() => proxy.close());
    proxy.replaceOnce('LISTEN catalog_changed', 'LISTEN catalog-changed');
    const api = await start({ DATABASE_DIRECT_URL: proxy.url });

    await eventually('notifications', () => api.program.stdout.includes('arrive again'));

    expect(proxy.openConnections).toBe(1);
    expect(api.program.stdout.match(LOSS)).toHaveLength(1);
  });

  it('listens on one connection after the first of several servers begins to close each one', async () => {
    const proxy = await DatabaseProxy.start(app.database.url);
    closing.push(() => proxy.close());
    const hosts = `@${new URL(proxy.url).host},`;
    const url = `${app.database.url.replace('@', hosts)}?target_session_attrs=primary`;
    await start({ DATABASE_DIRECT_URL: url });
    // `app` has one, too.
    await eventually('the connection', async () => (await listeningSessions()) === 2);

    proxy.forwardTo(`postgresql://127.0.0.1:${await freePort()}/none`);
    await terminateConnections(app.database, 'coffee-shop signals');
    await eventually('the next connection', async () => (await listeningSessions()) === 2);
    await setTimeout(AFTER_RECONNECTION_MS);

    expect(await listeningSessions()).toBe(2);
  });
});
