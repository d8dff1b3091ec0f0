import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { IdempotencyKeyCleanup } from '#placements';
import { ApiProcess } from '../support/api-process.js';
import { eventually } from '../support/eventually.js';
import { HeldCharge } from '../support/held-charge.js';
import { approve, chargeAndReset, type PaymentBehaviour } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const ORDERS = 20;
const STOPS_WITHIN_MS = 15_000;

describe('while orders are placed or changed', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '10000' });
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterEach(() => {
    app.payments.defaultBehaviour = approve;
  });
  afterAll(() => app.close());

  it('SIGTERM lets the API finish open orders, refuse new connections and exit within 15 s', async () => {
    const api = await ApiProcess.start(app.environment);
    const waiting: Parameters<PaymentBehaviour>[0][] = [];
    app.payments.defaultBehaviour = (exchange) => waiting.push(exchange);
    const placing = Promise.all(
      Array.from({ length: ORDERS }, () =>
        api
          // Managers have no limit of their own.
          .clientFor(manager)
          .placeWithKey(order)
          .then(({ status }) => status),
      ),
    );
    await eventually('all charges to reach the provider', () => waiting.length === ORDERS);

    api.program.send('SIGTERM');
    const stoppedAt = Date.now();
    await eventually('new connections to be refused', async () => {
      const error = await api
        .clientFor(ana)
        .get('/health/live')
        .then(() => '', String);
      return error.includes('ECONNREFUSED');
    });
    for (const exchange of waiting) approve(exchange);

    expect(await placing).toEqual(Array(ORDERS).fill(201));
    await api.program.exited;
    expect(Date.now() - stoppedAt).toBeLessThan(STOPS_WITHIN_MS);
  });

  it('a client that disconnects at any moment gets its order with the key, charged once', async () => {
    app.payments.defaultBehaviour = (exchange) => void sleep(30).then(() => approve(exchange));
    const charges = app.payments.charges.length;
    const keys = Array.from({ length: 40 }, () => randomUUID());

    await Promise.all(
      keys.map((key, index) =>
        ana
          .placeWithKey(order, key)
          .timeout(1 + index * 3)
          .catch(() => undefined),
      ),
    );

    for (const key of keys) {
      await eventually('the order', async () =>
        [200, 201].includes((await ana.placeWithKey(order, key)).status),
      );
    }
    expect(app.payments.charges).toHaveLength(charges + keys.length);
  });

  it('a menu change does not affect the name or the price of the order', async () => {
    const product = { name: 'Cortado', base_price_cents: 300, variations: [{ name: 'Single' }] };
    const { body: created } = await manager.post('/api/v1/admin/products', product).expect(201);
    const body = await ana.orderFor(['Cortado', 'Single']);
    const held = new HeldCharge();
    app.payments.once(held.behaviour);
    const placing = ana.placeWithKey(body).then((response) => response);
    await held.arrived;

    const path = `/api/v1/admin/products/${created.id}`;
    await manager.patch(path, { name: 'Gibraltar', base_price_cents: 999 }).expect(200);
    await manager.delete(path).expect(204);
    held.release();

    const { status, body: placed } = await placing;
    expect(status).toBe(201);
    expect(placed).toMatchObject({ total_cents: 300, items: [{ product_name: 'Cortado' }] });
  });

  it('a key that expires during a retry leads to the first order or to a new one', async () => {
    const reaper = app.api.get(IdempotencyKeyCleanup, { strict: false });
    for (let race = 0; race < 20; race += 1) {
      const key = randomUUID();
      const first = await ana.placeWithKey(order, key).expect(201);
      const sends = app.payments.requests.length;
      await app.database.query('UPDATE idempotency_keys SET expires_at = now() + make_interval(secs => $1)', [
        race / 1_000,
      ]);

      const [retry] = await Promise.all([ana.placeWithKey(order, key), reaper.deleteExpired()]);
      // The cleanup can delete the key while the retry reads it; the API then responds with 409.
      const second = retry.status === 409 ? await ana.placeWithKey(order, key) : retry;

      expect([200, 201]).toContain(second.status);
      expect(second.text === first.text).toBe(second.status === 200);
      // Not a second charge: on one day, a key that the cleanup has deleted is charged with the same provider key.
      expect(app.payments.requests).toHaveLength(sends + (second.status === 201 ? 1 : 0));
    }
  });

  it('a status change that waits too long for a row lock responds with 503 and is not made', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    const other = new pg.Client({ connectionString: app.database.url });
    await other.connect();
    await other.query('BEGIN');
    await other.query('SELECT FROM orders WHERE id = $1 FOR UPDATE', [id]);

    await manager.changeStatus(id, 'preparation').expect(503).expect('Retry-After', /\d/);

    await other.query('ROLLBACK');
    await other.end();
    expect((await ana.get(`/api/v1/orders/${id}`).expect(200)).body.status).toBe('waiting');
    await manager.changeStatus(id, 'preparation').expect(200);
  });

  it('a crash during a resolution rolls it back completely', async () => {
    app.payments.once(chargeAndReset);
    const key = randomUUID();
    await ana.placeWithKey(order, key).expect(503);
    const { body: open } = await manager.get('/api/v1/admin/placements?state=unknown').expect(200);
    const path = `/api/v1/admin/placements/${open[0].id}/resolve`;
    const resolution = { outcome: 'charged', note: 'In the ledger' };
    const api = await ApiProcess.start({ ...app.environment, FAILPOINTS: 'placement.resolve.after=kill:1' });

    await expect(api.clientFor(manager).post(path, resolution)).rejects.toThrow();

    await api.program.exited;
    expect((await manager.get('/api/v1/admin/placements?state=unknown').expect(200)).body).toEqual(open);
    const { body: resolved } = await manager.post(path, resolution).expect(200);
    expect(resolved.resolutions).toHaveLength(1);
    await ana.placeWithKey(order, key).expect(200);
  });
});
