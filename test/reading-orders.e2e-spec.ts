import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const PATH = '/api/v1/orders';

let app: TestApp;
let ana: Person;
let ben: Person;
let manager: Person;

beforeAll(async () => {
  app = await TestApp.start();
  [ana, ben, manager] = await Promise.all([app.customer(), app.customer(), app.manager()]);
});
afterAll(() => app.close());

describe('GET /orders/{id}', () => {
  let order: OrderDto;
  let path: string;

  beforeAll(async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    order = (await manager.changeStatus(id, 'preparation').expect(200)).body as OrderDto;
    path = `/api/v1/orders/${id}`;
  });

  it('returns the order to its customer', async () => {
    expect((await ana.get(path).expect(200)).body).toEqual(order);
  });

  it('returns the order to a manager', async () => {
    expect((await manager.get(path).expect(200)).body).toEqual(order);
  });

  it('returns 404 to another customer', async () => {
    expect((await ben.get(path).expect(404)).body.detail).toBe('Order not found');
  });

  it('returns 404 for an unknown order', async () => {
    const { body } = await ana.get(`/api/v1/orders/${randomUUID()}`).expect(404);

    expect(body.detail).toBe('Order not found');
  });

  it('returns 401 without a token', async () => {
    await app.anonymous().get(path).expect(401);
  });
});

describe('GET /orders', () => {
  beforeEach(() => app.database.query('TRUNCATE orders, order_placements CASCADE'));

  it('returns an empty array if the caller has no orders', async () => {
    await ben.placeOrder(['Latte', 'Vanilla']);

    const { body, headers } = await ana.get(PATH).expect(200);

    expect(body).toEqual([]);
    expect(headers.link).toBeUndefined();
  });

  it("returns the caller's own complete orders, newest first", async () => {
    const first = await ana.placeOrder(['Latte', 'Pumpkin Spice', 2], ['Donuts', 'Glazed']);
    await ben.placeOrder(['Espresso', 'Double Shot']);
    const second = await ana.placeOrder(['Macchiato', 'Caramel']);

    expect((await ana.get(PATH).expect(200)).body).toEqual([second, first]);
  });

  it("returns a manager's own orders to that manager", async () => {
    await ana.placeOrder(['Latte', 'Vanilla']);
    const own = await manager.placeOrder(['Latte', 'Vanilla']);

    expect((await manager.get(PATH).expect(200)).body).toEqual([own]);
  });

  it('returns only the orders of the requested status', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    const waiting = await ana.placeOrder(['Latte', 'Vanilla']);
    await manager.changeStatus(id, 'preparation').expect(200);

    expect((await ana.get(`${PATH}?status=waiting`).expect(200)).body).toEqual([waiting]);
    expect((await ana.get(`${PATH}?status=preparation`).expect(200)).body).toMatchObject([{ id }]);
    expect((await ana.get(`${PATH}?status=ready`).expect(200)).body).toEqual([]);
  });

  it("has pages that contain each of the caller's orders exactly once while others order", async () => {
    const orders: string[] = [];
    for (let placed = 0; placed < 5; placed += 1)
      orders.unshift((await ana.placeOrder(['Latte', 'Vanilla'])).id);

    const ids: string[] = [];
    for (let next: string | undefined = '?limit=2'; next !== undefined;) {
      const { body, headers }: Response = await ana.get(PATH + next).expect(200);
      ids.push(...(body as OrderDto[]).map(({ id }) => id));
      next = /^<(\?[^>]+)>; rel="next"$/.exec(headers.link ?? '')?.[1];
      await ben.placeOrder(['Latte', 'Vanilla']);
    }

    expect(ids).toEqual(orders);
  });

  it.each(['limit=0', 'limit=101', 'cursor=next', 'status=eaten', 'customer_id=x', 'limit=1&limit=2'])(
    'returns 422 for %s',
    async (query) => {
      const { body } = await ana.get(`${PATH}?${query}`).expect(422);

      expect(body.errors).toHaveLength(1);
    },
  );

  it('returns 401 without a token', async () => {
    await app.anonymous().get(PATH).expect(401);
  });
});
