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

const UNDER_WAY = 20;
const STOPS_WITHIN_MS = 15_000;

describe('while an order is being placed or moved on', () => {
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

  it('the API may be told to stop: it answers the twenty orders under way, takes nothing new and is gone in time', async () => {
    const api = await ApiProcess.start(app.environment);
    const waiting: Parameters<PaymentBehaviour>[0][] = [];
    app.payments.defaultBehaviour = (exchange) => waiting.push(exchange);
    const placing = Promise.all(
      Array.from({ length: UNDER_WAY }, () =>
        api
          .clientFor(ana)
          .placeWithKey(order)
          .then(({ status }) => status),
      ),
    );
    await eventually('all charges at the provider', () => waiting.length === UNDER_WAY);

    api.program.send('SIGTERM');
    const stoppedAt = Date.now();
    await eventually('new connections to be refused', async () => {
      const trouble = await api
        .clientFor(ana)
        .get('/health/live')
        .then(() => '', String);
      return trouble.includes('ECONNREFUSED');
    });
    for (const exchange of waiting) approve(exchange);

    expect(await placing).toEqual(Array(UNDER_WAY).fill(201));
    await api.program.exited;
    expect(Date.now() - stoppedAt).toBeLessThan(STOPS_WITHIN_MS);
  });

  it('the client may hang up at any moment: its key leads to the order, charged once', async () => {
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

  it('the menu may change: the order is placed at the price and under the name that were charged', async () => {
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

  it('its key may expire and be reaped: the client gets its first order or a new one, never a mixture', async () => {
    const reaper = app.api.get(IdempotencyKeyCleanup, { strict: false });
    for (let race = 0; race < 20; race += 1) {
      const key = randomUUID();
      const first = await ana.placeWithKey(order, key).expect(201);
      const charges = app.payments.charges.length;
      await app.database.query('UPDATE idempotency_keys SET expires_at = now() + make_interval(secs => $1)', [
        race / 1_000,
      ]);

      const [asked] = await Promise.all([ana.placeWithKey(order, key), reaper.deleteExpired()]);
      // Between its look at the key and the next one the key may be gone: then the client is told to come back.
      const second = asked.status === 409 ? await ana.placeWithKey(order, key) : asked;

      expect([200, 201]).toContain(second.status);
      expect(second.text === first.text).toBe(second.status === 200);
      expect(app.payments.charges).toHaveLength(charges + (second.status === 201 ? 1 : 0));
    }
  });

  it('somebody may hold its row: a change that waits too long answers 503 and is not made', async () => {
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

  it("the power may fail within a manager's decision: all of it was made, or nothing", async () => {
    app.payments.once(chargeAndReset);
    const key = randomUUID();
    await ana.placeWithKey(order, key).expect(503);
    const { body: open } = await manager.get('/api/v1/admin/placements?state=unknown').expect(200);
    const path = `/api/v1/admin/placements/${open[0].id}/resolve`;
    const decision = { outcome: 'charged', note: 'In the ledger' };
    const api = await ApiProcess.start({ ...app.environment, FAILPOINTS: 'placement.resolve.after=kill:1' });

    await expect(api.clientFor(manager).post(path, decision)).rejects.toThrow();

    await api.program.exited;
    expect((await manager.get('/api/v1/admin/placements?state=unknown').expect(200)).body).toEqual(open);
    const { body: resolved } = await manager.post(path, decision).expect(200);
    expect(resolved.resolutions).toHaveLength(1);
    await ana.placeWithKey(order, key).expect(200);
  });
});
