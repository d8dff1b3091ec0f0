import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PATH = '/api/v1/admin/orders';

describe('the list of orders', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());
  beforeEach(() => app.database.query('TRUNCATE orders, order_placements CASCADE'));

  /** Orders one after the other; newest first. */
  async function place(count: number): Promise<OrderDto[]> {
    const orders: OrderDto[] = [];
    for (let placed = 0; placed < count; placed += 1)
      orders.unshift(await ana.placeOrder(['Latte', 'Vanilla']));
    return orders;
  }

  async function list(query = ''): Promise<{ orders: OrderDto[]; next?: string }> {
    const { body, headers } = await manager.get(PATH + query).expect(200);
    const [, next] = /^<(\/[^>]+)>; rel="next"$/.exec(headers.link ?? '') ?? [];
    expect(next === undefined).toBe(headers.link === undefined);
    return { orders: body, next: next?.slice(PATH.length) };
  }

  it('is a bare array of whole orders, newest first, of all customers', async () => {
    const first = await ana.placeOrder(
      ['Latte', 'Pumpkin Spice', 2],
      ['Donuts', 'Glazed'],
      ['Donuts', 'Jelly'],
    );
    const ben = await app.customer();
    const second = await ben.placeOrder(['Espresso', 'Double Shot']);
    const third = await manager.placeOrder(['Macchiato', 'Caramel']);

    const { body } = await manager.get(PATH).expect(200);

    expect(body).toEqual([third, second, first]);
    expect(body[2].items.map((item: OrderDto['items'][0]) => item.variation_name)).toEqual([
      'Pumpkin Spice',
      'Glazed',
      'Jelly',
    ]);
  });

  it('is empty before the first order', async () => {
    expect(await list()).toEqual({ orders: [], next: undefined });
  });

  it('is for managers only', async () => {
    await ana.get(PATH).expect(403);
    await app.anonymous().get(PATH).expect(401);
  });

  it('shows fifty unless another number is asked for, at most a hundred', async () => {
    const [order] = await place(1);
    await app.database.query(
      `INSERT INTO orders (id, customer_id, status, total_cents, created_at)
       SELECT gen_random_uuid(), customer_id, status, total_cents, now() FROM orders, generate_series(2, 101) WHERE id = $1`,
      [order?.id],
    );
    await app.database.query(
      `INSERT INTO order_items SELECT (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'order_id', o.id))).*
         FROM order_items i, orders o WHERE o.id <> i.order_id`,
    );
    await app.database.query(
      `INSERT INTO payments SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'order_id', o.id))).*
         FROM payments p, orders o WHERE o.id <> p.order_id`,
    );

    for (const [query, shown] of [
      ['', 50],
      ['?limit=1', 1],
      ['?limit=7', 7],
      ['?limit=100', 100],
    ] as const)
      expect((await list(query)).orders).toHaveLength(shown);
  });

  it.each([
    ['limit', ['0', '101', '-1', '1.5', '1e1', 'many', '', '9999999999']],
    ['cursor', ['', 'next', 'MjAyNg', "' OR 1=1"]],
    ['status', ['', 'cancelled', 'Waiting', '__proto__']],
    ['page', ['2']],
  ])('refuses a %s that does not fit', async (name, values) => {
    for (const value of values) {
      const { body } = await manager.get(`${PATH}?${name}=${encodeURIComponent(value)}`).expect(422);
      expect(body.errors).toEqual([{ field: name, message: expect.stringContaining(name) }]);
    }
    await manager.get(`${PATH}?${name}=1&${name}=1`).expect(422);
  });

  it.each(['-271821-04-20T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', '0000-01-01T00:00:00.000Z'])(
    'survives a cursor that somebody made up: %s',
    async (time) => {
      const cursor = Buffer.from(`${time} ${ana.id}`).toString('base64url');

      const { status } = await manager.get(`${PATH}?cursor=${cursor}`);

      expect([200, 422]).toContain(status);
    },
  );
});
