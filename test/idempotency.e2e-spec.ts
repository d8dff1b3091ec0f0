import { randomUUID } from 'node:crypto';
import { eventually } from './support/eventually.js';
import { Hold } from './support/hold.js';
import { decline, reset } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestShop } from './support/shop.js';

describe('Idempotency-Key', () => {
  let shop: TestShop;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    shop = await TestShop.open();
    ana = await shop.customer();
    order = await ana.orderFor(['Latte', 'Vanilla', 2]);
  });
  afterAll(() => shop.close());

  it('answers a repetition with 200, the same bytes, and no second charge', async () => {
    const key = randomUUID();
    const body = { ...order, metadata: { z: 1, a: { 2: 'b', 1: 'a' }, '10': 1e21 } };
    const first = await ana.placeWithKey(body, key).expect(201);
    const charges = shop.payments.charges.length;

    const second = await ana.placeWithKey(body, key).expect(200);

    expect(second.text).toBe(first.text);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(shop.payments.charges).toHaveLength(charges);
  });

  it('makes one charge, one order and one 201 of 25 requests at once', async () => {
    const key = randomUUID();
    const requests = shop.payments.requests.length;

    const responses = await Promise.all(Array.from({ length: 25 }, () => ana.placeWithKey(order, key)));

    const statuses = responses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.every((status) => [200, 201, 409].includes(status))).toBe(true);
    expect(shop.payments.requests).toHaveLength(requests + 1);
    const placed = responses.find(({ status }) => status === 201);
    for (const replay of responses.filter(({ status }) => status === 200))
      expect(replay.text).toBe(placed?.text);
    const orders = await shop.database.query('SELECT 1 FROM orders WHERE customer_id = $1 AND id = $2', [
      ana.id,
      placed?.body.id,
    ]);
    expect(orders).toHaveLength(1);
  });

  it('answers 409 with Retry-After while the first request still runs', async () => {
    const key = randomUUID();
    const held = new Hold();
    shop.payments.once(held.behaviour);
    const first = ana.placeWithKey(order, key).then((response) => response);
    await held.arrived;

    const second = await ana.placeWithKey(order, key).expect(409);

    expect(second.body.code).toBe('placement_in_progress');
    expect(Number(second.headers['retry-after'])).toBeGreaterThan(0);
    held.release();
    expect((await first).status).toBe(201);
  });

  it('replays the first answer after prices, names, the menu and the status have changed', async () => {
    const manager = await shop.manager();
    const product = { name: 'Cortado', base_price_cents: 300, variations: [{ name: 'Small' }] };
    const { body: created } = await manager.post('/api/v1/admin/products', product).expect(201);
    const body = { ...(await ana.orderFor(['Cortado', 'Small'])), total_cents: 300 };
    const key = randomUUID();
    const first = await ana.placeWithKey(body, key).expect(201);

    await manager
      .patch(`/api/v1/admin/products/${created.id}`, { name: 'Gibraltar', base_price_cents: 350 })
      .expect(200);
    await manager.moves(first.body.id, 'preparation').expect(200);
    expect((await ana.placeWithKey(body, key).expect(200)).text).toBe(first.text);
    await manager.delete(`/api/v1/admin/products/${created.id}`).expect(204);
    expect((await ana.placeWithKey(body, key).expect(200)).text).toBe(first.text);
  });

  it('refuses the key with another body, also one that would be refused anyway', async () => {
    const key = randomUUID();
    await ana.placeWithKey(order, key).expect(201);

    for (const other of [await ana.orderFor(['Latte', 'Vanilla', 3]), { ...order, total_cents: 1 }]) {
      const { body } = await ana.placeWithKey(other, key).expect(422);
      expect(body.code).toBe('idempotency_key_reused');
    }
  });

  it('takes the same JSON, written otherwise, for the same request', async () => {
    const key = randomUUID();
    const [line] = order.items;
    await ana.placeWithKey({ items: order.items, metadata: { a: 1, b: 2 } }, key).expect(201);

    const rewritten = `{ "metadata": {"b": 2, "a": 1},\n "items": [{"quantity": 2.0, "variation_id": "${line?.variation_id.toUpperCase()}", "product_id": "${line?.product_id}"}]}`;

    await ana.post('/api/v1/orders', rewritten).set('Idempotency-Key', key).expect(200);
  });

  it('replays a decline byte for byte and does not ask the provider again', async () => {
    const key = randomUUID();
    shop.payments.once(decline(402, '{"z":"no funds","a":1}'));
    const first = await ana.placeWithKey(order, key).expect(402);
    const requests = shop.payments.requests.length;

    const second = await ana.placeWithKey(order, key).expect(402);

    expect(second.text).toBe(first.text);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(shop.payments.requests).toHaveLength(requests);
  });

  it('leaves the key free after every refusal that charged nothing', async () => {
    const key = randomUUID();
    const [line] = order.items;

    await ana.placeWithKey({ ...order, total_cents: 1 }, key).expect(409);
    await ana.placeWithKey({ items: [{ ...line, variation_id: randomUUID() }] }, key).expect(400);
    await ana.placeWithKey({ items: [] }, key).expect(422);
    await ana.placeWithKey(order, key).expect(201);
  });

  it('belongs to its user: another one with the same key places an order of their own', async () => {
    const key = randomUUID();
    const ben = await shop.customer();

    const anas = await ana.placeWithKey(order, key).expect(201);
    const bens = await ben.placeWithKey(order, key).expect(201);

    expect(bens.body.customer_id).toBe(ben.id);
    expect(bens.body.id).not.toBe(anas.body.id);
  });

  it("never shows another user's order, not even where the own one is refused", async () => {
    const key = randomUUID();
    const ben = await shop.customer();
    await ana.placeWithKey({ ...order, total_cents: 860 }, key).expect(201);

    await ben.placeWithKey({ ...order, total_cents: 1 }, key).expect(409);
  });

  it('is free again after 24 hours', async () => {
    const key = randomUUID();
    const first = await ana.placeWithKey(order, key).expect(201);
    const [{ hours } = { hours: 0 }] = await shop.database.query<{ hours: number }>(
      `SELECT extract(epoch FROM expires_at - now())::float / 3600 AS hours FROM idempotency_keys ORDER BY created_at DESC LIMIT 1`,
    );
    expect(hours).toBeCloseTo(24, 1);

    await shop.database.query('UPDATE idempotency_keys SET expires_at = now()');
    const second = await ana.placeWithKey(order, key).expect(201);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('is free after 24 hours also for an order that is refused then', async () => {
    const key = randomUUID();
    await ana.placeWithKey(order, key).expect(201);
    await shop.database.query('UPDATE idempotency_keys SET expires_at = now()');

    expect((await ana.placeWithKey({ ...order, total_cents: 1 }, key).expect(409)).body.code).toBe(
      'total_mismatch',
    );
  });

  it('is deleted by the worker once it has expired, unless its attempt is not settled', async () => {
    const settled = randomUUID();
    const unsettled = randomUUID();
    await ana.placeWithKey(order, settled).expect(201);
    shop.payments.once(reset);
    await ana.placeWithKey(order, unsettled).expect(503);
    await shop.database.query('UPDATE idempotency_keys SET expires_at = now()');

    const worker = await shop.startWorker();

    await eventually('the other keys to be gone', async () => {
      const keys = await shop.database.query<{ kept: boolean }>(
        'SELECT key_hash = sha256($1) AS kept FROM idempotency_keys',
        [Buffer.from(unsettled)],
      );
      expect(keys.some(({ kept }) => kept)).toBe(true);
      return keys.length === 1 ? true : undefined;
    });
    await worker.close();
  });

  it('is stored as its SHA-256 only', async () => {
    const key = `canary-${randomUUID()}`;
    await ana.placeWithKey(order, key).expect(201);

    const [found] = await shop.database.query(
      `SELECT sha256($1) = key_hash AS hashed FROM idempotency_keys ORDER BY created_at DESC LIMIT 1`,
      [Buffer.from(key)],
    );
    expect(found).toEqual({ hashed: true });
    const rows = await shop.database.query<{ row: string }>(
      `SELECT to_jsonb(p)::text AS row FROM order_placements p UNION ALL SELECT to_jsonb(k)::text FROM idempotency_keys k`,
    );
    expect(rows.filter(({ row }) => row.includes('canary'))).toEqual([]);
  });
});
