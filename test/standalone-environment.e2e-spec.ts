import 'reflect-metadata';
import { readdir } from 'node:fs/promises';
import { eventually } from './support/eventually.js';
import { getMenu, getSandboxOverview } from './support/standalone-app.js';
import { prepareOrder, StandaloneSetup } from './support/standalone-setup.js';

const PRODUCTION = { APP_ENV: 'production', JWT_SECRET_KEY: 'a secret of thirty-two characters' };

describe('the standalone app with DATABASE_URL', () => {
  let setup: StandaloneSetup;

  beforeEach(async () => {
    setup = await StandaloneSetup.create();
  });
  afterEach(() => setup.tearDown());

  it('starts nothing with DATABASE_DIRECT_URL alone, which names the same database', async () => {
    const direct = { DATABASE_URL: undefined, DATABASE_DIRECT_URL: setup.database.url };

    await expect(setup.start(direct)).rejects.toThrow('- DATABASE_URL must be set');

    expect(await readdir(setup.directory)).toEqual([]);
  });

  it('notifies the sandbox if only the payment provider is configured', async () => {
    const app = await setup.start({ PAYMENT_SERVICE_URL: setup.payments.url });

    const id = await prepareOrder(app);

    const notification = await eventually(
      'the notification',
      async () => (await getSandboxOverview(app)).notifications[0],
    );
    expect(notification).toMatchObject({ orderId: id });
    expect(setup.payments.charges).toHaveLength(1);
    expect((await getSandboxOverview(app)).charges).toEqual([]);
  });

  it('charges at the sandbox if only the notification provider is configured', async () => {
    const app = await setup.start({ NOTIFICATION_SERVICE_URL: setup.notifications.url });

    await prepareOrder(app);

    expect((await getSandboxOverview(app)).charges).toHaveLength(1);
    await eventually('the notification', () => setup.notifications.received[0]);
    expect((await getSandboxOverview(app)).notifications).toEqual([]);
  });

  it('treats an empty variable as unset', async () => {
    const app = await setup.start({ PAYMENT_SERVICE_URL: '', NOTIFICATION_SERVICE_URL: '' });

    expect(app.sandbox).toMatch(/^http/);
  });

  it('adds no seed data in production', async () => {
    const app = await setup.start({ ...setup.providers, ...PRODUCTION });

    expect(await getMenu(app)).toEqual({ products: [] });
    expect(await setup.database.query('SELECT 1 FROM users')).toEqual([]);
    expect(app.firstLogin).toContain('npm run user:create');
  });

  it('names the development logins only where they exist', async () => {
    await setup.database.query(
      `INSERT INTO users (email, hashed_password, role) VALUES ('boss@example.com', '', 'manager')`,
    );
    const app = await setup.start(setup.providers);

    expect(app.firstLogin).toBeUndefined();
  });

  it.each(['DATABASE_URL', 'JWT_SECRET_KEY', 'PAYMENT_SERVICE_URL', 'NOTIFICATION_SERVICE_URL'])(
    'starts nothing in production without %s',
    async (name) => {
      const variables = { ...setup.providers, ...PRODUCTION, [name]: undefined };

      await expect(setup.start(variables)).rejects.toThrow(`- ${name} must be set`);

      expect(await readdir(setup.directory)).toEqual([]);
    },
  );
});
