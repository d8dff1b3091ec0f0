import { randomUUID } from 'node:crypto';
import type { OrderDto } from '../apps/api/orders/dto/order.dto.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('Invalid requests to PATCH /orders/{id}/status', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let order: OrderDto;
  let path: string;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    order = await ana.placeOrder(['Latte', 'Vanilla']);
    path = `/api/v1/orders/${order.id}/status`;
  });
  afterAll(() => app.close());

  afterEach(async () => {
    expect((await ana.get(`/api/v1/orders/${order.id}`).expect(200)).body).toEqual(order);
    expect(await app.database.query('SELECT * FROM order_status_transitions')).toEqual([]);
  });

  it.each(['cancelled', 'Preparation', '', ' preparation', 'toString', '__proto__'])(
    'return 400 for the unknown status %j',
    async (status) => {
      const { body } = await manager.changeStatus(order.id, status).expect(400);

      expect(body).toMatchObject({
        code: 'invalid_status',
        detail: `Invalid status: ${status}. Allowed: waiting, preparation, ready, delivered`,
        errors: [{ field: 'status' }],
      });
    },
  );

  it.each([
    ['null as status', { status: null }, 'status'],
    ['a number as status', { status: 1 }, 'status'],
    ['a list as status', { status: ['preparation'] }, 'status'],
    ['no status', {}, 'status'],
    ['an unknown field', { status: 'preparation', note: 'please' }, 'note'],
    ['a NUL character in the status', { status: 'a\0' }, 'status'],
  ])('return 422 for %s', async (_, invalid, field) => {
    const { body } = await manager.patch(path, invalid).expect(422);

    expect(body).toMatchObject({ code: 'invalid_request', errors: [{ field }] });
  });

  it('return 400 for malformed JSON', async () => {
    await manager.patch(path, '{"status": "prepar').expect(400);
  });

  it.each([
    ['an array', '["preparation"]'],
    ['a string', '"preparation"'],
    ['empty', undefined],
  ])('return 422 if the body is %s', async (_, body) => {
    await manager.patch(path, body).expect(422);
  });

  it('return 404 for an unknown order', async () => {
    const { body } = await manager.changeStatus(randomUUID(), 'preparation').expect(404);

    expect(body).toMatchObject({ code: 'order_not_found', detail: 'Order not found' });
  });

  it('return 422 for an id that is not a UUID', async () => {
    await manager.changeStatus('7', 'preparation').expect(422);
  });

  it('return 403 to the customer of the order', async () => {
    const { body } = await ana.changeStatus(order.id, 'preparation').expect(403);

    expect(body.detail).toBe('Insufficient permissions');
  });

  it('return 401 without a token', async () => {
    const { body } = await app.anonymous().changeStatus(order.id, 'preparation').expect(401);

    expect(body.detail).toBe('Not authenticated');
  });
});
