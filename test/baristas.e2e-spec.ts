import { randomUUID } from 'node:crypto';
import { PATH_PARAMETER } from './support/openapi-document.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('A barista', () => {
  let app: TestApp;
  let customer: Person;
  let barista: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [customer, barista] = await Promise.all([app.customer(), app.barista()]);
  });
  afterAll(() => app.close());

  it('reads the order of any customer', async () => {
    const order = await customer.placeOrder(['Latte', 'Vanilla']);

    expect((await barista.get(`/api/v1/orders/${order.id}`).expect(200)).body).toEqual(order);
  });

  it('moves an order from waiting to delivered', async () => {
    const { id } = await customer.placeOrder(['Latte', 'Vanilla']);

    for (const status of ['preparation', 'ready', 'delivered'])
      expect((await barista.changeStatus(id, status).expect(200)).body).toMatchObject({ id, status });
  });

  it('has no orders in the own list', async () => {
    await customer.placeOrder(['Latte', 'Vanilla']);

    expect((await barista.get('/api/v1/orders').expect(200)).body).toEqual([]);
  });

  it('places no order', async () => {
    const order = await barista.orderFor(['Latte', 'Vanilla']);
    const charges = app.payments.requests.length;

    const { body } = await barista.placeWithKey(order).expect(403);

    expect(body.code).toBe('insufficient_permissions');
    expect(app.payments.requests).toHaveLength(charges);
  });

  /** Written out here, so that a row of ACCESS that is too wide fails a test. */
  it.each(['POST /orders/{id}/refunds', 'GET /orders/{id}/refunds', 'GET /orders/{id}/refunds/{refund_id}'])(
    'is refused by %s',
    async (route) => {
      const [method = '', path = ''] = route.split(' ');
      const send = method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete';
      const url = `/api/v1${path.replaceAll(PATH_PARAMETER, randomUUID())}`;

      const { body } = await barista[send](url).expect(403);

      expect(body.code).toBe('insufficient_permissions');
    },
  );
});
