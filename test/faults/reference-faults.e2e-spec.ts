import { randomUUID } from 'node:crypto';
import request from 'supertest';
import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import { chargeAndHang } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const ORDERS = '/api/v1/orders';
const PRODUCTS = '/api/v1/admin/products';

/** Each of these was measured to go wrong in the system that this one replaces. */
describe('unlike the reference system, this shop', () => {
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

  /** A product of a test's own. */
  async function offers(name: string, cents: number, change = 0): Promise<{ id: string; path: string }> {
    const variations = [{ name: 'Small', price_change_cents: change }];
    const { body } = await manager.post(PRODUCTS, { name, base_price_cents: cents, variations }).expect(201);
    return { id: body.id, path: `${PRODUCTS}/${body.id}` };
  }

  it('opens no admin and no status route without a token', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);

    await app.anonymous().get('/api/v1/admin/orders').expect(401);
    await app.anonymous().post(PRODUCTS, { name: 'Free', base_price_cents: 0 }).expect(401);
    await app.anonymous().changeStatus(id, 'preparation').expect(401);
  });

  it.each([5, 25])(
    'makes one charge, one order and one 201 of %i requests at once with one key',
    async (count) => {
      const key = randomUUID();
      const requests = app.payments.requests.length;

      const answers = await Promise.all(Array.from({ length: count }, () => ana.placeWithKey(order, key)));

      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(answers.every(({ status }) => [200, 201, 409].includes(status))).toBe(true);
      expect(app.payments.requests).toHaveLength(requests + 1);
      const bodies = answers.filter(({ status }) => status < 300).map(({ text }) => text);
      expect(new Set(bodies).size).toBe(1);
    },
  );

  it("never answers with another customer's order under the same key", async () => {
    const key = randomUUID();
    const ben = await app.customer();
    const anas = await ana.placeWithKey(order, key).expect(201);

    await ben.placeWithKey({ ...order, total_cents: 1 }, key).expect(409);
    const bens = await ben.placeWithKey(order, key).expect(201);

    expect(bens.body.customer_id).toBe(ben.id);
    expect(bens.body.id).not.toBe(anas.body.id);
  });

  it('refuses a used key with another body, also one that would be refused anyway', async () => {
    const key = randomUUID();
    await ana.placeWithKey(order, key).expect(201);

    for (const other of [await ana.orderFor(['Latte', 'Vanilla', 3]), { ...order, total_cents: 1 }]) {
      const { body } = await ana.placeWithKey(other, key).expect(422);
      expect(body.code).toBe('idempotency_key_reused');
    }
  });

  it('replays the first answer after prices, names, the menu and the status have changed', async () => {
    const { path } = await offers('Cortado', 300);
    const body = { ...(await ana.orderFor(['Cortado', 'Small'])), total_cents: 300 };
    const key = randomUUID();
    const first = await ana.placeWithKey(body, key).expect(201);

    await manager.patch(path, { name: 'Gibraltar', base_price_cents: 350 }).expect(200);
    await manager.changeStatus(first.body.id, 'preparation').expect(200);
    expect((await ana.placeWithKey(body, key).expect(200)).text).toBe(first.text);
    await manager.delete(path).expect(204);
    expect((await ana.placeWithKey(body, key).expect(200)).text).toBe(first.text);
  });

  it('takes a key for a new one after 24 hours', async () => {
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

  it('does not call a charge that outlasts the time-out declined, and never sends it again by itself', async () => {
    const key = randomUUID();
    const requests = app.payments.requests.length;
    app.payments.once(chargeAndHang);

    const first = await ana.placeWithKey(order, key).expect(503);
    const second = await ana.placeWithKey(order, key).expect(503);

    expect([first.body.code, second.body.code]).toEqual(Array(2).fill('payment_outcome_unknown'));
    expect(app.payments.requests).toHaveLength(requests + 1);
  });

  it('refuses a total beyond int4 before anything is charged', async () => {
    await offers('Golden Bean', 2_000_000_000);
    const requests = app.payments.requests.length;

    const { body } = await ana.post(ORDERS, await ana.orderFor(['Golden Bean', 'Small', 2])).expect(422);

    expect(body).toMatchObject({ code: 'total_too_large', errors: [{ field: 'items' }] });
    expect(app.payments.requests).toHaveLength(requests);
  });

  it('sells nothing for less than nothing', async () => {
    const cheap = {
      name: 'Refund',
      base_price_cents: 100,
      variations: [{ name: 'All', price_change_cents: -500 }],
    };
    await manager.post(PRODUCTS, cheap).expect(422);

    const { path } = await offers('Discount', 500, -400);
    await manager.patch(path, { base_price_cents: 300 }).expect(422);
  });

  it('shows an order as it was ordered, whatever is renamed, repriced or withdrawn later', async () => {
    const { path } = await offers('Flat White', 380, 20);
    const placed = await ana.placeOrder(['Flat White', 'Small']);

    await manager
      .patch(path, { name: 'Flat Black', base_price_cents: 999, variations: [{ name: 'Large' }] })
      .expect(200);

    expect((await ana.get(`${ORDERS}/${placed.id}`).expect(200)).body).toEqual(placed);
    const { body: list } = await manager.get('/api/v1/admin/orders').expect(200);
    expect((list as OrderDto[]).find(({ id }) => id === placed.id)).toEqual(placed);
    await manager.delete(path).expect(204);
    expect((await ana.get(`${ORDERS}/${placed.id}`).expect(200)).body).toEqual(placed);
  });

  it.each<[string, () => object, number]>([
    ['two variations of one name', () => ({ variations: [{ name: 'Oat' }, { name: 'Oat' }] }), 409],
    ['a name that is too long', () => ({ name: 'n'.repeat(256) }), 422],
    ['a huge price', () => ({ base_price_cents: 2 ** 40 }), 422],
    ['an empty name', () => ({ name: '' }), 422],
  ])('answers %s with a refusal, not with 500', async (_, change, status) => {
    await manager.post(PRODUCTS, { name: randomUUID(), base_price_cents: 100, ...change() }).expect(status);
  });

  it('refuses orders of 5,000 lines and metadata of 5 MB', async () => {
    const [item] = order.items;
    const lines = { items: Array.from({ length: 5_000 }, () => item) };
    const few = { items: Array.from({ length: 51 }, () => item) };

    await ana.post(ORDERS, lines).expect(413);
    await ana.post(ORDERS, few).expect(422);
    await ana.post(ORDERS, { ...order, metadata: { note: 'x'.repeat(5_000_000) } }).expect(413);
    await ana.post(ORDERS, { ...order, metadata: { note: 'x'.repeat(5_000) } }).expect(422);
  });

  it('takes as long to refuse an unknown e-mail as a wrong password', async () => {
    const logIn = async (username: string): Promise<number> => {
      await app.database.query('DELETE FROM login_failures');
      const startedAt = performance.now();
      await request(app.url)
        .post('/api/v1/auth/token')
        .type('form')
        .send({ username, password: 'wrong' })
        .expect(401);
      return performance.now() - startedAt;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let attempt = 0; attempt < 15; attempt += 1) {
      known.push(await logIn('customer@example.com'));
      unknown.push(await logIn(`${attempt}@example.com`));
    }

    const ratio = median(unknown) / median(known);

    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it('lets no foreign page read its answers', async () => {
    for (const method of ['get', 'options'] as const) {
      const { headers } = await request(app.url)
        [method]('/api/v1/menu')
        .set('Origin', 'https://evil.example')
        .set('Access-Control-Request-Method', 'GET');
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('keeps nothing of a key but its SHA-256', async () => {
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

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
