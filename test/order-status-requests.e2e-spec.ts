import { randomUUID } from 'node:crypto';
import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe("an order's status", () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());

  async function transitionsOf({ id }: OrderDto): Promise<unknown[]> {
    return app.database.query(
      `SELECT from_status, to_status, changed_by, changed_at FROM order_status_transitions WHERE order_id = $1 ORDER BY to_status`,
      [id],
    );
  }

  it.each(['cancelled', 'Preparation', '', ' preparation', 'toString', '__proto__'])(
    'is refused when it is none of the four: %j',
    async (status) => {
      const order = await ana.placeOrder(['Latte', 'Vanilla']);

      const { body } = await manager.changeStatus(order.id, status).expect(400);

      expect(body).toMatchObject({
        code: 'invalid_status',
        detail: `Invalid status: ${status}. Allowed: waiting, preparation, ready, delivered`,
        errors: [{ field: 'status' }],
      });
    },
  );

  it.each([
    ['null', { status: null }, 'status'],
    ['a number', { status: 1 }, 'status'],
    ['a list', { status: ['preparation'] }, 'status'],
    ['missing', {}, 'status'],
    ['not alone in the body', { status: 'preparation', note: 'please' }, 'note'],
    ['text with a NUL', { status: 'a\0' }, 'status'],
  ])('does not fit when it is %s', async (_, sent, field) => {
    const order = await ana.placeOrder(['Latte', 'Vanilla']);

    const { body } = await manager.patch(`/api/v1/orders/${order.id}/status`, sent).expect(422);

    expect(body).toMatchObject({ code: 'invalid_request', errors: [{ field }] });
    expect((await ana.get(`/api/v1/orders/${order.id}`).expect(200)).body).toEqual(order);
  });

  it('is refused when the body is no JSON object', async () => {
    const order = await ana.placeOrder(['Latte', 'Vanilla']);
    const path = `/api/v1/orders/${order.id}/status`;

    await manager.patch(path, '{"status": "prepar').expect(400);
    await manager.patch(path, '["preparation"]').expect(422);
    await manager.patch(path, '"preparation"').expect(422);
    await manager.patch(path).expect(422);
  });

  it('is not found for an order that does not exist', async () => {
    const { body } = await manager.changeStatus(randomUUID(), 'preparation').expect(404);
    expect(body).toMatchObject({ code: 'order_not_found', detail: 'Order not found' });

    await manager.changeStatus('7', 'preparation').expect(422);
  });

  it("is the managers' to change: not the customer's, nor anybody's", async () => {
    const order = await ana.placeOrder(['Latte', 'Vanilla']);

    expect((await ana.changeStatus(order.id, 'preparation').expect(403)).body.detail).toBe(
      'Insufficient permissions',
    );
    expect((await app.anonymous().changeStatus(order.id, 'preparation').expect(401)).body.detail).toBe(
      'Not authenticated',
    );
    expect(await transitionsOf(order)).toEqual([]);
  });
});
