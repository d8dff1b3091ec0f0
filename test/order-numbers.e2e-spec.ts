import { randomUUID } from 'node:crypto';
import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import { chargeAndReset, decline, reset } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('The number of an order', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' });
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterAll(() => app.close());
  beforeEach(() => app.database.query(`SELECT setval('order_numbers', 41)`));

  async function place(key?: string): Promise<OrderDto> {
    const { body } = await ana.placeWithKey(order, key);
    return body as OrderDto;
  }

  it('is the next one for each order', async () => {
    expect([(await place()).number, (await ana.placeOrder(['Latte', 'Vanilla'])).number]).toEqual([42, 43]);
  });

  it('starts over after 999', async () => {
    await app.database.query(`SELECT setval('order_numbers', 998)`);

    expect([(await place()).number, (await place()).number]).toEqual([999, 1]);
  });

  it('differs between 100 orders that are placed at the same time', async () => {
    const customers = await Promise.all(Array.from({ length: 20 }, () => app.customer()));
    const placing = customers.flatMap((customer) =>
      Array.from({ length: 5 }, () => customer.placeWithKey(order).expect(201)),
    );

    const numbers = (await Promise.all(placing)).map(({ body }) => (body as OrderDto).number);

    expect(new Set(numbers).size).toBe(100);
  });

  it('is shown wherever the order is', async () => {
    const { id } = await place();

    expect((await ana.get(`/api/v1/orders/${id}`).expect(200)).body.number).toBe(42);
    expect((await manager.get('/api/v1/admin/orders?limit=1').expect(200)).body[0].number).toBe(42);
    expect((await manager.changeStatus(id, 'preparation').expect(200)).body.number).toBe(42);
  });

  it('stays the same in a replay, after other orders and a status change', async () => {
    const key = randomUUID();
    const first = await ana.placeWithKey(order, key).expect(201);
    await place();
    await manager.changeStatus(first.body.id as string, 'preparation').expect(200);

    expect((await ana.placeWithKey(order, key).expect(200)).text).toBe(first.text);
  });

  it('is not used up by a replay', async () => {
    const key = randomUUID();
    await place(key);
    await place(key);

    expect((await place()).number).toBe(43);
  });

  it('is not used up by a refused request', async () => {
    const key = randomUUID();
    await place(key);
    await ana.placeWithKey({ ...order, note: 'another request' }, key).expect(422);
    await ana.placeWithKey({ ...order, total_cents: 1 }).expect(409);

    expect((await place()).number).toBe(43);
  });

  it('is used up by a declined charge', async () => {
    app.payments.once(decline());
    await ana.placeWithKey(order).expect(402);

    expect((await place()).number).toBe(43);
  });

  it('is that of the first send when a retry sends the charge again', async () => {
    const key = randomUUID();
    app.payments.once(chargeAndReset);
    await ana.placeWithKey(order, key).expect(503);
    await place();

    const replay = await place(key);

    expect(replay.number).toBe(42);
    expect((await ana.get(`/api/v1/orders/${replay.id}`).expect(200)).body).toEqual(replay);
  });

  it('is that of the placement when a manager resolves it as charged', async () => {
    const key = randomUUID();
    app.payments.once(reset);
    const { body: problem } = await ana.placeWithKey(order, key).expect(503);
    await place();
    const { body: placements } = await manager.get(`/api/v1/admin/placements?order_id=${problem.order_id}`);
    const resolution = { outcome: 'charged', note: 'seen in the dashboard' };
    await manager.post(`/api/v1/admin/placements/${placements[0].id}/resolve`, resolution).expect(200);

    const read = await ana.get(`/api/v1/orders/${problem.order_id}`).expect(200);

    expect(read.body.number).toBe(42);
    expect((await place(key)).number).toBe(42);
  });
});
