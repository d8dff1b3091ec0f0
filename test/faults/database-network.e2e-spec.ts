import { randomUUID } from 'node:crypto';
import type { MenuDto } from '../../apps/api/catalog/dto/product.dto.js';
import { createTestDatabase } from '../support/database.js';
import { DatabaseProxy } from '../support/database-proxy.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

/** The limit for a request while the database does not respond. */
const MAX_RESPONSE_MS = 12_000;

describe('on a faulty network to the database, the API', () => {
  let proxy: DatabaseProxy;
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    const database = await createTestDatabase();
    proxy = await DatabaseProxy.start(database.url);
    app = await TestApp.start({ DATABASE_URL: proxy.url }, database);
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterAll(async () => {
    await app.close();
    await proxy.close();
  });

  describe.each([
    ['the placement begins', 'INSERT INTO order_placements'],
    ['the placement is settled', `SET state = 'placed'`],
  ])('if the response is lost when %s', (_, sql) => {
    it('charges once and replays the order for its key', async () => {
      const key = randomUUID();
      const body = { ...order, metadata: { key } };
      const charges = app.payments.charges.length;
      proxy.loseResponseTo(sql);

      const placed = await ana.placeWithKey(body, key);

      expect(proxy.hasLostResponse).toBe(true);
      expect([200, 201]).toContain(placed.status);
      expect(app.payments.charges).toHaveLength(charges + 1);
      expect((await ana.placeWithKey(body, key).expect(200)).text).toBe(placed.text);
      expect(await ordersWith(key)).toHaveLength(1);
    });

    it('charges once for an order without a key', async () => {
      const id = randomUUID();
      const charges = app.payments.charges.length;
      proxy.loseResponseTo(sql);

      const { status } = await ana.post('/api/v1/orders', { ...order, metadata: { key: id } });

      expect(proxy.hasLostResponse).toBe(true);
      expect([200, 201]).toContain(status);
      expect(app.payments.charges).toHaveLength(charges + 1);
      expect(await ordersWith(id)).toHaveLength(1);
    });

    async function ordersWith(key: string): Promise<unknown[]> {
      return app.database.query(`SELECT id FROM orders WHERE metadata->>'key' = $1`, [key]);
    }
  });

  async function eventuallyDeclined(orderId: string): Promise<void> {
    await eventually('the end of the placement', async () => {
      const { body } = await ana.get(`/api/v1/orders/${orderId}`).expect(404);
      return body.code === 'placement_declined' && body.detail.endsWith('nothing was charged');
    });
  }

  it('names the order in the 503 if it cannot learn whether the placement began, and nobody charges it', async () => {
    const key = randomUUID();
    const charges = app.payments.charges.length;
    proxy.loseResponseTo('INSERT INTO order_placements', 2);

    const { body } = await ana.placeWithKey(order, key).expect(503).expect('Retry-After', /\d/);

    expect(proxy.hasLostResponse).toBe(true);
    expect(body).toMatchObject({ code: 'database_unavailable', order_id: expect.any(String) });
    await eventuallyDeclined(body.order_id);
    expect(app.payments.charges).toHaveLength(charges);
    expect((await ana.placeWithKey(order, key).expect(201)).body.id).not.toBe(body.order_id);
  });

  it('names the order in the 503 if the repeated begin finds no room, and nobody charges it', async () => {
    const LIMITS = '/api/v1/admin/shop/limits';
    await ana.placeOrder(['Latte', 'Vanilla']);
    await manager.put(LIMITS, { max_open_orders: 1 }).expect(200);
    const key = randomUUID();
    const charges = app.payments.charges.length;
    proxy.loseResponseTo('INSERT INTO order_placements');

    const { body } = await ana.placeWithKey(order, key).expect(503);

    expect(proxy.hasLostResponse).toBe(true);
    expect(body).toMatchObject({ code: 'database_unavailable', order_id: expect.any(String) });
    await eventuallyDeclined(body.order_id);
    await manager.put(LIMITS, { max_open_orders: null }).expect(200);
    expect(app.payments.charges).toHaveLength(charges);
    expect((await ana.placeWithKey(order, key).expect(201)).body.id).not.toBe(body.order_id);
  });

  it('changes a status once if the response to its commit is lost', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    proxy.loseResponseTo('COMMIT');

    await manager.changeStatus(id, 'preparation').expect(503).expect('Retry-After', /\d/);

    expect(proxy.hasLostResponse).toBe(true);
    await manager.changeStatus(id, 'preparation').expect(400);
    await manager.changeStatus(id, 'ready').expect(200);
    const notifications = await app.database.query(
      'SELECT status FROM notifications WHERE order_id = $1 ORDER BY sequence',
      [id],
    );
    expect(notifications).toEqual([{ status: 'preparation' }, { status: 'ready' }]);
  });

  it('responds with 503 within 12 s while the network is silent, and recovers afterwards', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    const key = randomUUID();
    const charges = app.payments.charges.length;
    const startedAt = performance.now();
    proxy.goSilent();

    const responses = await Promise.all([
      ...Array.from({ length: 10 }, () => ana.get(`/api/v1/orders/${id}`)),
      ana.placeWithKey(order, key),
      manager.changeStatus(id, 'preparation'),
    ]);

    expect(performance.now() - startedAt).toBeLessThan(MAX_RESPONSE_MS);
    for (const { status, headers } of responses) {
      expect(status).toBe(503);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    proxy.recover();
    await eventually('a response', async () => (await ana.get(`/api/v1/orders/${id}`)).status === 200);
    expect([200, 201]).toContain((await ana.placeWithKey(order, key)).status);
    expect(app.payments.charges).toHaveLength(charges + 1);
  }, 40_000);

  it('does not serve an outdated menu from its cache if the invalidation is lost', async () => {
    const priceOf = async (): Promise<number | undefined> =>
      ((await ana.get('/api/v1/menu').expect(200)).body as MenuDto).products.find(
        ({ name }) => name === 'Donuts',
      )?.base_price_cents;
    expect(await priceOf()).toBe(200);
    // Only the earlier connections stay silent; the pool soon opens new ones, which work.
    proxy.goSilent();
    proxy.recover();
    await app.database.query(`UPDATE products SET base_price_cents = 250 WHERE name = 'Donuts'`);

    await eventually('the new price', async () => (await priceOf().catch(() => undefined)) === 250);
  }, 40_000);
});
