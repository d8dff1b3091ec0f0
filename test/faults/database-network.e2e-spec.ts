import { randomUUID } from 'node:crypto';
import type { MenuDto } from '../../apps/api/catalog/dto/product.dto.js';
import { createTestDatabase } from '../support/database.js';
import { DatabaseProxy } from '../support/database-proxy.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

/** A request waits no longer for a database that says nothing, in ms. */
const PATIENCE_MS = 12_000;

describe('the line to the database', () => {
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

  async function ordersOf(key: string): Promise<unknown[]> {
    return app.database.query(`SELECT id FROM orders WHERE metadata->>'key' = $1`, [key]);
  }

  it.each([
    ['begin', 'INSERT INTO order_placements'],
    ['settle', `SET state = 'placed'`],
  ])('may lose the answer to %s: one charge, one order, one answer for ever', async (_, words) => {
    for (const key of [randomUUID(), undefined]) {
      const mark = key ?? randomUUID();
      const charges = app.payments.charges.length;
      proxy.loseResponseTo(words);

      const placing = ana.post('/api/v1/orders', { ...order, metadata: { key: mark } });
      const placed = await (key ? placing.set('Idempotency-Key', key) : placing);

      expect(proxy.hasLostResponse).toBe(true);
      expect([200, 201]).toContain(placed.status);
      expect(app.payments.charges).toHaveLength(charges + 1);
      expect(await ordersOf(mark)).toHaveLength(1);
      if (key)
        expect((await ana.placeWithKey({ ...order, metadata: { key } }, key).expect(200)).text).toBe(
          placed.text,
        );
    }
  });

  it("may lose the answer to a status change's commit: the change is made once, with one notification", async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    proxy.loseResponseTo('COMMIT');

    await manager.changeStatus(id, 'preparation').expect(503).expect('Retry-After', /\d/);

    expect(proxy.hasLostResponse).toBe(true);
    await manager.changeStatus(id, 'preparation').expect(400);
    await manager.changeStatus(id, 'ready').expect(200);
    const told = await app.database.query(
      'SELECT status FROM notifications WHERE order_id = $1 ORDER BY sequence',
      [id],
    );
    expect(told).toEqual([{ status: 'preparation' }, { status: 'ready' }]);
  });

  it('may fall silent: every request is answered with 503 in time, and the shop goes on when it speaks again', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    const key = randomUUID();
    const charges = app.payments.charges.length;
    const startedAt = performance.now();
    proxy.goSilent();

    const answers = await Promise.all([
      ...Array.from({ length: 10 }, () => ana.get(`/api/v1/orders/${id}`)),
      ana.placeWithKey(order, key),
      manager.changeStatus(id, 'preparation'),
    ]);

    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
    for (const { status, headers } of answers) {
      expect(status).toBe(503);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    proxy.recover();
    await eventually('an answer', async () => (await ana.get(`/api/v1/orders/${id}`)).status === 200);
    expect([200, 201]).toContain((await ana.placeWithKey(order, key)).status);
    expect(app.payments.charges).toHaveLength(charges + 1);
  }, 40_000);

  it('may fall silent for the signals: a menu that may be out of date is not trusted', async () => {
    const priceOf = async (): Promise<number | undefined> =>
      ((await ana.get('/api/v1/menu').expect(200)).body as MenuDto).products.find(
        ({ name }) => name === 'Donuts',
      )?.base_price_cents;
    expect(await priceOf()).toBe(200);
    // Only connections of before are silent; what is new, as the pool's soon are, comes through.
    proxy.goSilent();
    proxy.recover();
    await app.database.query(`UPDATE products SET base_price_cents = 250 WHERE name = 'Donuts'`);

    await eventually('the new price', async () => (await priceOf().catch(() => undefined)) === 250);
  }, 40_000);
});
