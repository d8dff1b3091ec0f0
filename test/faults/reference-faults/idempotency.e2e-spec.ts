import { randomUUID } from 'node:crypto';
import { chargeAndHang } from '../../support/payment-stub.js';
import type { Person } from '../../support/person.js';
import { TestApp } from '../../support/test-app.js';

/** The reference system failed each of these tests. */
describe('faults of the reference system with idempotency keys', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    order = await ana.orderFor(['Latte', 'Vanilla', 2]);
  });
  afterAll(() => app.close());

  it.each([5, 25])('charges once for %i concurrent requests with one key', async (count) => {
    const key = randomUUID();
    const requests = app.payments.requests.length;

    const responses = await Promise.all(Array.from({ length: count }, () => ana.placeWithKey(order, key)));

    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(responses.every(({ status }) => [200, 201, 409].includes(status))).toBe(true);
    expect(app.payments.requests).toHaveLength(requests + 1);
    const bodies = responses.filter(({ status }) => status < 300).map(({ text }) => text);
    expect(new Set(bodies).size).toBe(1);
  });

  it('places separate orders for two customers with the same key', async () => {
    const key = randomUUID();
    const ben = await app.customer();
    const first = await ana.placeWithKey(order, key).expect(201);

    await ben.placeWithKey({ ...order, total_cents: 1 }, key).expect(409);
    const second = await ben.placeWithKey(order, key).expect(201);

    expect(second.body.customer_id).toBe(ben.id);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('refuses a used key with another body, even an invalid one', async () => {
    const key = randomUUID();
    await ana.placeWithKey(order, key).expect(201);

    for (const other of [await ana.orderFor(['Latte', 'Vanilla', 3]), { ...order, total_cents: 1 }]) {
      const { body } = await ana.placeWithKey(other, key).expect(422);
      expect(body.code).toBe('idempotency_key_reused');
    }
  });

  it('replays the first response after the product and the status have changed', async () => {
    const variations = [{ name: 'Small', price_change_cents: 0 }];
    const product = { name: 'Cortado', base_price_cents: 300, variations };
    const { body: created } = await manager.post('/api/v1/admin/products', product).expect(201);
    const path = `/api/v1/admin/products/${created.id}`;
    const body = { ...(await ana.orderFor(['Cortado', 'Small'])), total_cents: 300 };
    const key = randomUUID();
    const first = await ana.placeWithKey(body, key).expect(201);

    await manager.patch(path, { name: 'Gibraltar', base_price_cents: 350 }).expect(200);
    await manager.changeStatus(first.body.id, 'preparation').expect(200);
    expect((await ana.placeWithKey(body, key).expect(200)).text).toBe(first.text);
    await manager.delete(path).expect(204);
    expect((await ana.placeWithKey(body, key).expect(200)).text).toBe(first.text);
  });

  it('accepts a key for a new order after 24 hours', async () => {
    const key = randomUUID();
    const first = await ana.placeWithKey(order, key).expect(201);
    const [found] = await app.database.query<{ hours: number }>(
      `SELECT extract(epoch FROM expires_at - now())::float / 3600 AS hours FROM idempotency_keys ORDER BY created_at DESC LIMIT 1`,
    );
    expect(found?.hours).toBeCloseTo(24, 1);

    await app.database.query('UPDATE idempotency_keys SET expires_at = now()');
    const second = await ana.placeWithKey(order, key).expect(201);

    expect(second.body.id).not.toBe(first.body.id);
  });

  it('sends a charge that times out once and reports its outcome as unknown', async () => {
    const key = randomUUID();
    const requests = app.payments.requests.length;
    app.payments.once(chargeAndHang);

    const first = await ana.placeWithKey(order, key).expect(503);
    const second = await ana.placeWithKey(order, key).expect(503);

    expect([first.body.code, second.body.code]).toEqual(Array(2).fill('payment_outcome_unknown'));
    expect(app.payments.requests).toHaveLength(requests + 1);
  });

  it('stores only the SHA-256 of a key', async () => {
    const key = `canary-${randomUUID()}`;
    await ana.placeWithKey(order, key).expect(201);

    const [found] = await app.database.query(
      `SELECT sha256($1) = key_hash AS hashed FROM idempotency_keys ORDER BY created_at DESC LIMIT 1`,
      [Buffer.from(key)],
    );
    expect(found).toEqual({ hashed: true });
    const rows = await app.database.query<{ row: string }>(
      `SELECT to_jsonb(p)::text AS row FROM order_placements p UNION ALL SELECT to_jsonb(k)::text FROM idempotency_keys k`,
    );
    expect(rows.filter(({ row }) => row.includes('canary'))).toEqual([]);
  });
});
