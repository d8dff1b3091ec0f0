import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PATH = '/api/v1/admin/orders';

describe('GET /admin/orders', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());
  beforeEach(() => app.database.query('TRUNCATE orders, order_placements CASCADE'));

  it('returns an empty array if there are no orders', async () => {
    const { body, headers } = await manager.get(PATH).expect(200);

    expect(body).toEqual([]);
    expect(headers.link).toBeUndefined();
  });

  it('returns the complete orders of all customers, newest first', async () => {
    const ben = await app.customer();
    const first = await ana.placeOrder(['Latte', 'Pumpkin Spice', 2], ['Donuts', 'Glazed']);
    const second = await ben.placeOrder(['Espresso', 'Double Shot']);
    const third = await manager.placeOrder(['Macchiato', 'Caramel']);

    const { body } = await manager.get(PATH).expect(200);

    expect(body).toEqual([third, second, first]);
  });

  it('keeps the lines of an order in the requested order', async () => {
    await ana.placeOrder(['Latte', 'Pumpkin Spice', 2], ['Donuts', 'Glazed'], ['Donuts', 'Jelly']);

    const { body } = await manager.get(PATH).expect(200);

    const [order] = body as OrderDto[];
    expect(order?.items.map((item) => item.variation_name)).toEqual(['Pumpkin Spice', 'Glazed', 'Jelly']);
  });

  it.each([
    ['', 50],
    ['?limit=1', 1],
    ['?limit=7', 7],
    ['?limit=100', 100],
  ])('with the query "%s" returns %i of 101 orders', async (query, count) => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    await copyOrder(id, 100);

    const { body } = await manager.get(PATH + query).expect(200);

    expect(body).toHaveLength(count);
  });

  it.each([
    ['limit', ['0', '101', '-1', '1.5', '1e1', 'many', '', '9999999999']],
    ['cursor', ['', 'next', 'MjAyNg', "' OR 1=1"]],
    ['status', ['', 'eaten', 'Waiting', '__proto__']],
    ['page', ['2']],
  ])('returns 422 for an invalid %s', async (name, values) => {
    for (const value of values) {
      const { body } = await manager.get(`${PATH}?${name}=${encodeURIComponent(value)}`).expect(422);
      expect(body.errors).toEqual([{ field: name, message: expect.stringContaining(name) }]);
    }
  });

  it.each(['limit', 'cursor', 'status', 'page'])('returns 422 for a repeated %s', async (name) => {
    await manager.get(`${PATH}?${name}=1&${name}=1`).expect(422);
  });

  it.each(['-271821-04-20T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', '0000-01-01T00:00:00.000Z'])(
    'returns no server error for a forged cursor with the time %s',
    async (time) => {
      const cursor = Buffer.from(`${time} ${ana.id}`).toString('base64url');

      const { status } = await manager.get(`${PATH}?cursor=${cursor}`);

      expect([200, 422]).toContain(status);
    },
  );

  it('returns 403 to customers', async () => {
    await ana.get(PATH).expect(403);
  });

  it('returns 401 without a token', async () => {
    await app.anonymous().get(PATH).expect(401);
  });

  /** Inserts copies of the only order with SQL, because placing them would take long. */
  async function copyOrder(id: string, copies: number): Promise<void> {
    await app.database.query(
      `INSERT INTO orders (id, customer_id, status, total_cents, created_at)
       SELECT gen_random_uuid(), customer_id, status, total_cents, now() FROM orders, generate_series(1, $2::int) WHERE id = $1`,
      [id, copies],
    );
    await app.database.query(
      `INSERT INTO order_items SELECT (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'order_id', o.id))).*
         FROM order_items i, orders o WHERE o.id <> i.order_id`,
    );
    await app.database.query(
      `INSERT INTO payments SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'order_id', o.id))).*
         FROM payments p, orders o WHERE o.id <> p.order_id`,
    );
  }
});
