import { randomUUID } from 'node:crypto';
import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('GET /orders/{id}', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let order: OrderDto;
  let path: string;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    order = (await manager.changeStatus(id, 'preparation').expect(200)).body as OrderDto;
    path = `/api/v1/orders/${id}`;
  });
  afterAll(() => app.close());

  it('returns the order to its customer', async () => {
    expect((await ana.get(path).expect(200)).body).toEqual(order);
  });

  it('returns the order to a manager', async () => {
    expect((await manager.get(path).expect(200)).body).toEqual(order);
  });

  it('returns 404 to another customer', async () => {
    const ben = await app.customer();

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
