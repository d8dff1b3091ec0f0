import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { startAll, type RunningApp } from '../apps/standalone/start-all.js';
import { freePort } from './support/api-process.js';
import { eventually } from './support/eventually.js';
import { logIn } from './support/log-in.js';
import type { Person } from './support/person.js';
import { getMenu, getSandboxOverview, isPostgresRunning } from './support/standalone-app.js';

describe('the standalone app without configuration', () => {
  let directory: string;
  let environment: NodeJS.ProcessEnv;
  let app: RunningApp;
  let customer: Person;
  let manager: Person;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'coffee-shop-standalone-'));
    environment = { PORT: String(await freePort()), LOG_LEVEL: 'silent' };
    app = await startAll(environment, directory);
    customer = await logIn(app.api, 'customer');
    manager = await logIn(app.api, 'manager');
  });
  afterAll(async () => {
    await app.stop();
    for (const path of [directory, app.data ?? directory]) await rm(path, { recursive: true, force: true });
  });

  it('serves the API on PORT', async () => {
    expect(app.api).toBe(`http://localhost:${environment.PORT}`);
    await request(app.api).get('/health/ready').expect(200);
  });

  it('serves the metrics of API and worker at one address', async () => {
    const text = await (await fetch(app.metrics)).text();

    expect(text).toContain('event_streams_open 0');
    expect(text.match(/^notifications{state="dead"} .*/gm)).toEqual(['notifications{state="dead"} 0']);
    // The pools of both.
    expect(text).toMatch(/^db_client_connection_count{.*idle"} [2-9]$/m);
  });

  it('starts the sandbox', async () => {
    expect(await getSandboxOverview(app)).toHaveProperty('charges');
  });

  it('shows its addresses again at /', async () => {
    const { body } = await request(app.api).get('/').expect(200);

    expect(body).toMatchObject({ docs: '/docs', health: '/health/ready', sandbox: app.sandbox });
  });

  it('starts PostgreSQL', () => {
    expect(isPostgresRunning(app.data ?? '')).toBe(true);
  });

  it('serves the seeded menu', async () => {
    const { products } = await getMenu(app);

    expect(
      products.map(({ name, base_price_cents: base, variations }) => [
        name,
        base,
        ...variations.map((variation) => [variation.name, variation.price_change_cents]),
      ]),
    ).toEqual([
      ['Donuts', 200, ['Glazed', 0], ['Jelly', 30], ['Boston Cream', 50]],
      ['Espresso', 250, ['Single Shot', 0], ['Double Shot', 100]],
      ['Iced Coffee', 350, ['Regular', 0], ['Sweetened', 30], ['Extra Ice', 20]],
      ['Latte', 400, ['Pumpkin Spice', 50], ['Vanilla', 30], ['Hazelnut', 40]],
      ['Macchiato', 400, ['Caramel', 50], ['Vanilla', 30]],
    ]);
  });

  it('charges orders at the sandbox', async () => {
    await customer.placeOrder(['Latte', 'Vanilla', 2]);

    const { charges } = await getSandboxOverview(app);
    expect(charges.filter(({ amountCents }) => amountCents === 860)).toMatchObject([{ approved: true }]);
  });

  it('sends notifications to the sandbox', async () => {
    const order = await customer.placeOrder(['Latte', 'Vanilla']);

    await manager.changeStatus(order.id, 'preparation').expect(200);

    const notification = await eventually('the notification', async () => {
      const { notifications } = await getSandboxOverview(app);
      return notifications.find(({ orderId }) => orderId === order.id);
    });
    expect(notification).toMatchObject({ status: 'preparation' });
  });

  it('recovers a charge that the sandbox approved without a response', async () => {
    const coffee = { name: 'Filter Coffee', base_price_cents: 407, variations: [{ name: 'Regular' }] };
    await manager.post('/api/v1/admin/products', coffee).expect(201);
    const order = await customer.orderFor(['Filter Coffee', 'Regular']);
    await customer.placeWithKey(order, 'a lost response').expect(503);

    const { body } = await eventually('the retry to succeed', async () => {
      const response = await customer.placeWithKey(order, 'a lost response');
      return [200, 201].includes(response.status) ? response : undefined;
    });

    expect(body.total_cents).toBe(407);
    const { charges } = await getSandboxOverview(app);
    expect(charges.filter(({ amountCents }) => amountCents === 407)).toHaveLength(1);
  });

  it('keeps running if a second start on the same data directory is refused', async () => {
    await expect(startAll({ ...environment, PORT: '0' }, directory)).rejects.toThrow(
      `Another instance (pid ${process.pid}) uses the data directory ${app.data}: stop it, or set DATABASE_URL`,
    );

    await request(app.api).get('/health/ready').expect(200);
  });
});
