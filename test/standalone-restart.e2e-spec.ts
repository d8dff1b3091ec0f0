import 'reflect-metadata';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import type { MenuDto } from '../apps/api/catalog/dto/product.dto.js';
import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import { startAll, type RunningApp } from '../apps/standalone/start-all.js';
import { freePort } from './support/api-process.js';
import { logIn } from './support/log-in.js';
import { portOf } from './support/provider-stub.js';
import { getMenu, isPostgresRunning } from './support/standalone-app.js';

let directory: string;
let environment: NodeJS.ProcessEnv;
let app: RunningApp;
let dataDirectory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'coffee-shop-standalone-'));
  environment = { PORT: String(await freePort()), LOG_LEVEL: 'silent' };
  app = await startAll(environment, directory);
  dataDirectory = app.data ?? directory;
});
afterAll(async () => {
  await app.stop();
  for (const path of [directory, dataDirectory]) await rm(path, { recursive: true, force: true });
});

describe('the standalone app after a restart', () => {
  let customerId: string;
  let order: OrderDto;
  let menu: MenuDto;

  beforeAll(async () => {
    const customer = await logIn(app.api, 'customer');
    customerId = customer.id;
    order = await customer.placeOrder(['Espresso', 'Double Shot']);
    const manager = await logIn(app.api, 'manager');
    const latte = (await getMenu(app)).products.find(({ name }) => name === 'Latte');
    await manager.patch(`/api/v1/admin/products/${latte?.id}`, { base_price_cents: 450 }).expect(200);
    const [donuts] = (await getMenu(app)).products;
    await manager.delete(`/api/v1/admin/products/${donuts?.id}`).expect(204);
    menu = await getMenu(app);
    await app.stop();
    app = await startAll(environment, directory);
  });

  it('has the same seeded users', async () => {
    expect((await logIn(app.api, 'customer')).id).toBe(customerId);
  });

  it('has the same orders', async () => {
    const customer = await logIn(app.api, 'customer');

    expect((await customer.get(`/api/v1/orders/${order.id}`).expect(200)).body).toEqual(order);
  });

  it("has the manager's changes to seeded products", async () => {
    expect(menu.products).toHaveLength(4);
    expect(await getMenu(app)).toEqual(menu);
  });
});

describe('a stop of the standalone app', () => {
  it('stops PostgreSQL', async () => {
    await app.stop();

    expect(isPostgresRunning(dataDirectory)).toBe(false);
  });
});

describe('a failed start of the standalone app', () => {
  let server: Server | undefined;

  beforeAll(() => app.stop());
  afterEach(() => server?.close());

  it('stops PostgreSQL if the port is taken', async () => {
    server = createServer().listen(0);
    await once(server, 'listening');
    const port = portOf(server);

    await expect(startAll({ ...environment, PORT: String(port) }, directory)).rejects.toThrow(
      `Port ${port} is taken`,
    );

    expect(isPostgresRunning(dataDirectory)).toBe(false);
  });

  it('stops PostgreSQL if the port is malformed', async () => {
    await expect(startAll({ ...environment, PORT: 'espresso' }, directory)).rejects.toThrow(
      'PORT must be an integer',
    );

    expect(isPostgresRunning(dataDirectory)).toBe(false);
  });

  it('does not prevent a later start', async () => {
    await expect(startAll({ ...environment, PORT: 'espresso' }, directory)).rejects.toThrow();

    app = await startAll(environment, directory);

    await request(app.api).get('/health/ready').expect(200);
  });
});
