import 'reflect-metadata';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAll, type RunningApp } from '../apps/standalone/start-all.js';
import { freePort } from './support/api-process.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import { logIn } from './support/log-in.js';
import { NotificationStub } from './support/notification-stub.js';
import { PaymentStub } from './support/payment-stub.js';
import { getMenu, getSandboxOverview } from './support/standalone-app.js';

const SECRET = 'a secret of thirty-two characters';

describe('the standalone app with DATABASE_URL', () => {
  let directory: string;
  let database: TestDatabase;
  let payments: PaymentStub;
  let notifications: NotificationStub;
  let environment: NodeJS.ProcessEnv;
  let providers: NodeJS.ProcessEnv;
  let app: RunningApp | undefined;

  async function setUp(): Promise<void> {
    [directory, database, payments, notifications] = await Promise.all([
      mkdtemp(join(tmpdir(), 'coffee-shop-standalone-')),
      createTestDatabase(),
      PaymentStub.start(),
      NotificationStub.start(),
    ]);
    environment = {
      PORT: String(await freePort()),
      LOG_LEVEL: 'silent',
      APP_ENV: 'test',
      DATABASE_URL: database.url,
    };
    providers = { PAYMENT_SERVICE_URL: payments.url, NOTIFICATION_SERVICE_URL: notifications.url };
  }

  async function tearDown(): Promise<void> {
    await app?.stop();
    app = undefined;
    await Promise.all([payments.stop(), notifications.stop()]);
    await database.drop();
    await rm(directory, { recursive: true });
  }

  /** Places an order and moves it to preparation. Returns its id. */
  async function prepareOrder({ api }: RunningApp): Promise<string> {
    const { id } = await (await logIn(api, 'customer')).placeOrder(['Latte', 'Vanilla']);
    await (await logIn(api, 'manager')).changeStatus(id, 'preparation').expect(200);
    return id;
  }

  describe('and both providers', () => {
    let running: RunningApp;
    let id: string;

    beforeAll(async () => {
      await setUp();
      running = await startAll({ ...environment, ...providers, PORT: '0' }, directory);
      app = running;
      id = await prepareOrder(running);
    });
    afterAll(tearDown);

    it('starts no PostgreSQL', async () => {
      expect(running.data).toBeUndefined();
      expect(await readdir(directory)).toEqual([]);
    });

    it('stores orders in that database', async () => {
      expect(await database.query('SELECT id FROM orders')).toEqual([{ id }]);
    });

    it('starts no sandbox', () => {
      expect(running.sandbox).toBeUndefined();
    });

    it('charges at the configured payment provider', () => {
      expect(payments.charges).toMatchObject([{ amountCents: 430 }]);
    });

    it('notifies the configured notification provider', async () => {
      const { headers } = await eventually('the notification', () => notifications.received[0]);
      expect(headers['x-order-id']).toBe(id);
    });

    it('says on which free port it listens for PORT=0', async () => {
      expect(running.api).toMatch(/^http:\/\/localhost:[1-9]\d+$/);
      expect((await getMenu(running)).products).toHaveLength(5);
    });
  });

  describe('and other variables', () => {
    beforeEach(setUp);
    afterEach(tearDown);

    it('starts nothing with DATABASE_DIRECT_URL alone, which names the same database', async () => {
      const direct = { ...environment, DATABASE_URL: undefined, DATABASE_DIRECT_URL: database.url };

      await expect(startAll(direct, directory)).rejects.toThrow('- DATABASE_URL must be set');

      expect(await readdir(directory)).toEqual([]);
    });

    it('notifies the sandbox if only the payment provider is configured', async () => {
      const running = await startAll({ ...environment, PAYMENT_SERVICE_URL: payments.url }, directory);
      app = running;

      const id = await prepareOrder(running);

      const notification = await eventually(
        'the notification',
        async () => (await getSandboxOverview(running)).notifications[0],
      );
      expect(notification).toMatchObject({ orderId: id });
      expect(payments.charges).toHaveLength(1);
      expect((await getSandboxOverview(running)).charges).toEqual([]);
    });

    it('charges at the sandbox if only the notification provider is configured', async () => {
      const running = await startAll(
        { ...environment, NOTIFICATION_SERVICE_URL: notifications.url },
        directory,
      );
      app = running;

      await prepareOrder(running);

      expect((await getSandboxOverview(running)).charges).toHaveLength(1);
      await eventually('the notification', () => notifications.received[0]);
      expect((await getSandboxOverview(running)).notifications).toEqual([]);
    });

    it('treats an empty variable as unset', async () => {
      app = await startAll(
        { ...environment, PAYMENT_SERVICE_URL: '', NOTIFICATION_SERVICE_URL: '' },
        directory,
      );

      expect(app.sandbox).toMatch(/^http/);
    });

    it('adds no seed data in production', async () => {
      app = await startAll(
        { ...environment, ...providers, APP_ENV: 'production', JWT_SECRET_KEY: SECRET },
        directory,
      );

      expect(await getMenu(app)).toEqual({ products: [] });
      expect(await database.query('SELECT 1 FROM users')).toEqual([]);
      expect(app.firstLogin).toContain('npm run user:create');
    });

    it('names the development logins only where they exist', async () => {
      await database.query(
        `INSERT INTO users (email, hashed_password, role) VALUES ('boss@example.com', '', 'manager')`,
      );
      app = await startAll({ ...environment, ...providers }, directory);

      expect(app.firstLogin).toBeUndefined();
    });

    it.each(['DATABASE_URL', 'JWT_SECRET_KEY', 'PAYMENT_SERVICE_URL', 'NOTIFICATION_SERVICE_URL'])(
      'starts nothing in production without %s',
      async (name) => {
        const production = { ...environment, ...providers, APP_ENV: 'production', JWT_SECRET_KEY: SECRET };

        await expect(startAll({ ...production, [name]: undefined }, directory)).rejects.toThrow(
          `- ${name} must be set`,
        );

        expect(await readdir(directory)).toEqual([]);
      },
    );
  });
});
