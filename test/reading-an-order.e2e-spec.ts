import { randomUUID } from 'node:crypto';
import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';
const NEXT: Record<string, string> = { waiting: 'preparation', preparation: 'ready', ready: 'delivered' };

describe("an order's status", () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());

  /** A new order, moved on as far as that. */
  async function orderIn(status: string): Promise<OrderDto> {
    let order = await ana.placeOrder(['Latte', 'Vanilla']);
    while (order.status !== status)
      order = (await manager.changeStatus(order.id, NEXT[order.status] ?? '').expect(200)).body as OrderDto;
    return order;
  }

  it('can be read by the customer whose order it is and by every manager, and by nobody else', async () => {
    const order = await orderIn('preparation');
    const path = `/api/v1/orders/${order.id}`;
    const ben = await app.customer();

    expect((await ana.get(path).expect(200)).body).toEqual(order);
    expect((await manager.get(path).expect(200)).body).toEqual(order);
    expect((await ben.get(path).expect(404)).body.detail).toBe('Order not found');
    expect((await ana.get(`/api/v1/orders/${randomUUID()}`).expect(404)).body.detail).toBe('Order not found');
    await app.anonymous().get(path).expect(401);
  });
});
