import 'reflect-metadata';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import type { MenuDto } from '../apps/api/catalog/dto/product.dto.js';
import { startAll, type RunningApp } from '../apps/standalone/start-all.js';
import { freePort } from './support/api-process.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import { logIn } from './support/log-in.js';
import { NotificationStub } from './support/notification-stub.js';
import { PaymentStub, portOf } from './support/payment-stub.js';

interface Overview {
  charges: { amountCents: number }[];
  notifications: unknown[];
}

const SECRET = 'a secret of thirty-two characters';

async function menuOf(shop: RunningApp): Promise<MenuDto> {
  return (await request(shop.api).get('/api/v1/menu').expect(200)).body as MenuDto;
}

/** What the sandbox's page says. */
async function sandboxOf(shop: RunningApp): Promise<Overview> {
  const response = await request(shop.sandbox ?? '')
    .get('/')
    .expect(200);
  return response.body as Overview;
}

describe('a shop that brings everything along', () => {
  let directory: string;
  let environment: NodeJS.ProcessEnv;
  let shop: RunningApp;
  let squatter: Server | undefined;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'coffee-shop-standalone-'));
    environment = { PORT: String(await freePort()), LOG_LEVEL: 'silent' };
    shop = await startAll(environment, directory);
  });
  afterAll(async () => {
    await shop.stop();
    for (const used of [directory, shop.data ?? directory]) await rm(used, { recursive: true, force: true });
  });

  afterEach(() => squatter?.close());

  /** Whether PostgreSQL runs, by the file that it keeps as long as it does. */
  function postgresRuns(): boolean {
    return existsSync(join(shop.data ?? '', 'cluster', 'postmaster.pid'));
  }

  it('listens on PORT, and says where its parts are', async () => {
    expect(shop.api).toBe(`http://localhost:${environment.PORT}`);
    await request(shop.api).get('/health/ready').expect(200);
    expect(await sandboxOf(shop)).toHaveProperty('charges');
    expect(postgresRuns()).toBe(true);
  });

  it('serves the menu of the seed', async () => {
    const { products } = await menuOf(shop);

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

  it("charges an order at its sandbox, whose keys it trusts, and tells the sandbox of the order's status", async () => {
    const [customer, manager] = [await logIn(shop.api, 'customer'), await logIn(shop.api, 'manager')];

    const order = await customer.orders(['Latte', 'Vanilla', 2]);
    await manager.moves(order.id, 'preparation').expect(200);

    expect((await sandboxOf(shop)).charges).toMatchObject([{ amountCents: 860, approved: true }]);
    const [notification] = await eventually('the notification', async () => {
      const { notifications } = await sandboxOf(shop);
      return notifications.length > 0 ? notifications : undefined;
    });
    expect(notification).toMatchObject({ orderId: order.id, status: 'preparation' });
  });

  it('recovers a charge whose answer got lost, since its sandbox honours keys', async () => {
    const customer = await logIn(shop.api, 'customer');
    const manager = await logIn(shop.api, 'manager');
    const brew = { name: 'Odd Brew', base_price_cents: 407, variations: [{ name: 'Regular' }] };
    const { body: product } = await manager.post('/api/v1/admin/products', brew).expect(201);
    const order = await customer.orderFor(['Odd Brew', 'Regular']);
    const key = 'the answer to this one gets lost';
    await customer.placeWithKey(order, key).expect(503);

    const { body } = await eventually('the retry to succeed', async () => {
      const response = await customer.placeWithKey(order, key);
      return [200, 201].includes(response.status) ? response : undefined;
    });

    expect(body.total_cents).toBe(407);
    const { charges } = await sandboxOf(shop);
    expect(charges.filter((charge) => charge.amountCents === 407)).toHaveLength(1);
    await manager.delete(`/api/v1/admin/products/${product.id}`).expect(204);
  });

  it('is not opened a second time on the same data', async () => {
    await expect(startAll({ ...environment, PORT: '0' }, directory)).rejects.toThrow(
      `Another instance (pid ${process.pid}) uses the data directory`,
    );
    await request(shop.api).get('/health/ready').expect(200);
  });

  it('finds its orders again, and leaves alone what managers changed in the seed', async () => {
    const customer = await logIn(shop.api, 'customer');
    const order = await customer.orders(['Espresso', 'Double Shot']);
    const manager = await logIn(shop.api, 'manager');
    const latte = (await menuOf(shop)).products.find(({ name }) => name === 'Latte');
    await manager.patch(`/api/v1/admin/products/${latte?.id}`, { base_price_cents: 450 }).expect(200);
    const menu = await menuOf(shop);

    await shop.stop();
    expect(postgresRuns()).toBe(false);
    shop = await startAll(environment, directory);

    const again = await logIn(shop.api, 'customer');
    expect(again.id).toBe(customer.id);
    expect((await again.get(`/api/v1/orders/${order.id}`).expect(200)).body).toEqual(order);
    expect(await menuOf(shop)).toEqual(menu);
  });

  it.each([
    ['a taken port', (port: number) => String(port), (port: number) => `Port ${port} is taken`],
    ['a malformed port', () => 'espresso', () => 'PORT must be an integer'],
  ])('leaves no PostgreSQL behind when it cannot open for %s', async (_, given, message) => {
    await shop.stop();
    squatter = createServer().listen(0);
    await once(squatter, 'listening');

    const opening = startAll({ ...environment, PORT: given(portOf(squatter)) }, directory);

    await expect(opening).rejects.toThrow(message(portOf(squatter)));
    expect(postgresRuns()).toBe(false);
    shop = await startAll(environment, directory);
    await request(shop.api).get('/health/ready').expect(200);
  });
});

describe('a shop with parts of its own', () => {
  let directory: string;
  let database: TestDatabase;
  let payments: PaymentStub;
  let notifications: NotificationStub;
  let environment: NodeJS.ProcessEnv;
  let shop: RunningApp | undefined;

  beforeEach(async () => {
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
  });
  afterEach(async () => {
    await shop?.stop();
    shop = undefined;
    await Promise.all([payments.stop(), notifications.stop()]);
    await database.drop();
    expect(await readdir(directory)).toEqual([]);
    await rm(directory, { recursive: true });
  });

  async function placeAndMove(open: RunningApp): Promise<string> {
    const { id } = await (await logIn(open.api, 'customer')).orders(['Latte', 'Vanilla']);
    await (await logIn(open.api, 'manager')).moves(id, 'preparation').expect(200);
    return id;
  }

  it('uses what the environment names, and brings nothing along', async () => {
    shop = await startAll(
      { ...environment, PAYMENT_SERVICE_URL: payments.url, NOTIFICATION_SERVICE_URL: notifications.url },
      directory,
    );
    const order = await placeAndMove(shop);

    expect(shop).toMatchObject({ sandbox: undefined, data: undefined });
    expect(await database.query('SELECT id FROM orders')).toEqual([{ id: order }]);
    expect(payments.charges).toMatchObject([{ amountCents: 430 }]);
    const { headers } = await eventually('the notification', () => notifications.received[0]);
    expect(headers['x-order-id']).toBe(order);
  });

  it.each([
    ['payment', 'PAYMENT_SERVICE_URL', [1, 0], [0, 1]],
    ['notification', 'NOTIFICATION_SERVICE_URL', [0, 1], [1, 0]],
  ])(
    'brings a sandbox for the other provider where only the %s one is named',
    async (_, name, own, defaults) => {
      const url = name === 'PAYMENT_SERVICE_URL' ? payments.url : notifications.url;
      shop = await startAll({ ...environment, [name]: url }, directory);
      const sandbox = shop;
      await placeAndMove(shop);

      await eventually('the charge and the notification', async () => {
        const page = await sandboxOf(sandbox);
        const at = [
          [payments.charges.length, notifications.received.length],
          [page.charges.length, page.notifications.length],
        ];
        return JSON.stringify(at) === JSON.stringify([own, defaults]) || undefined;
      });
    },
  );

  it('takes an empty variable for one that is not there', async () => {
    shop = await startAll(
      { ...environment, PAYMENT_SERVICE_URL: '', NOTIFICATION_SERVICE_URL: '' },
      directory,
    );

    expect(shop.sandbox).toMatch(/^http/);
  });

  it('knows no customer and no manager of the seed in production', async () => {
    shop = await startAll(
      {
        ...environment,
        APP_ENV: 'production',
        JWT_SECRET_KEY: SECRET,
        PAYMENT_SERVICE_URL: payments.url,
        NOTIFICATION_SERVICE_URL: notifications.url,
      },
      directory,
    );

    expect(await menuOf(shop)).toEqual({ products: [] });
    expect(await database.query('SELECT 1 FROM users')).toEqual([]);
  });

  it('does not open without its database', async () => {
    const nobody = `postgresql://u:canary@127.0.0.1:${await freePort()}/coffee`;

    await expect(startAll({ ...environment, DATABASE_URL: nobody }, directory)).rejects.toThrow(
      'ECONNREFUSED',
    );
  });
});
