import 'reflect-metadata';
import { readdir } from 'node:fs/promises';
import type { RunningApp } from '../apps/standalone/start-all.js';
import { eventually } from './support/eventually.js';
import { getMenu } from './support/standalone-app.js';
import { prepareOrder, StandaloneSetup } from './support/standalone-setup.js';

describe('the standalone app with DATABASE_URL and both providers', () => {
  let setup: StandaloneSetup;
  let running: RunningApp;
  let id: string;

  beforeAll(async () => {
    setup = await StandaloneSetup.create();
    running = await setup.start({ ...setup.providers, PORT: '0' });
    id = await prepareOrder(running);
  });
  afterAll(() => setup.tearDown());

  it('starts no PostgreSQL', async () => {
    expect(running.data).toBeUndefined();
    expect(await readdir(setup.directory)).toEqual([]);
  });

  it('stores orders in that database', async () => {
    expect(await setup.database.query('SELECT id FROM orders')).toEqual([{ id }]);
  });

  it('starts no sandbox', () => {
    expect(running.sandbox).toBeUndefined();
  });

  it('charges at the configured payment provider', () => {
    expect(setup.payments.charges).toMatchObject([{ amountCents: 430 }]);
  });

  it('notifies the configured notification provider', async () => {
    const { headers } = await eventually('the notification', () => setup.notifications.received[0]);
    expect(headers['x-order-id']).toBe(id);
  });

  it('says on which free port it listens for PORT=0', async () => {
    expect(running.api).toMatch(/^http:\/\/localhost:[1-9]\d+$/);
    expect((await getMenu(running)).products).toHaveLength(5);
  });
});
