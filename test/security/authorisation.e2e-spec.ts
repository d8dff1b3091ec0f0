import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { documentedOperations, PATH_PARAMETER, type Operation } from '../support/openapi-document.js';
import { chargeAndReset } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

/** Who may call each route; a new route must be added here. */
const ACCESS: Record<string, 'everyone' | 'logged-in users' | 'managers'> = {
  'GET /': 'everyone',
  'GET /health/live': 'everyone',
  'GET /health/ready': 'everyone',
  'GET /api/v1/menu': 'everyone',
  'POST /api/v1/auth/token': 'everyone',
  'POST /api/v1/orders': 'logged-in users',
  'GET /api/v1/orders': 'logged-in users',
  'GET /api/v1/orders/{id}': 'logged-in users',
  'GET /api/v1/orders/{id}/timeline': 'logged-in users',
  'POST /api/v1/orders/{id}/cancel': 'logged-in users',
  'POST /api/v1/orders/{id}/refunds': 'managers',
  'GET /api/v1/orders/{id}/refunds': 'logged-in users',
  'GET /api/v1/orders/{id}/refunds/{refund_id}': 'logged-in users',
  'PATCH /api/v1/orders/{id}/status': 'managers',
  'GET /api/v1/admin/orders': 'managers',
  'POST /api/v1/admin/products': 'managers',
  'GET /api/v1/admin/products/{id}': 'managers',
  'PATCH /api/v1/admin/products/{id}': 'managers',
  'DELETE /api/v1/admin/products/{id}': 'managers',
  'GET /api/v1/admin/placements': 'managers',
  'GET /api/v1/admin/placements/{id}': 'managers',
  'POST /api/v1/admin/placements/{id}/resolve': 'managers',
  'GET /api/v1/admin/refunds': 'managers',
  'POST /api/v1/admin/refunds/{id}/resolve': 'managers',
  'GET /api/v1/admin/notifications': 'managers',
  'POST /api/v1/admin/notifications/redrive': 'managers',
  'POST /api/v1/admin/notifications/{id}/redrive': 'managers',
};

describe('documented routes', () => {
  let app: TestApp;
  let operations: Operation[];
  let customer: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    operations = await documentedOperations(app.url);
    [customer, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());

  /** Sends an unknown id and no body: a person with access gets an error other than 401 and 403. */
  async function call(person: Person, name: string): Promise<Response> {
    const { method, path } = operations.find((operation) => operation.name === name)!;
    const url = path.replaceAll(PATH_PARAMETER, randomUUID());
    if (method === 'GET') return person.get(url);
    if (method === 'DELETE') return person.delete(url);
    return method === 'PATCH' ? person.patch(url) : person.post(url);
  }

  async function hasAccess(person: Person, name: string): Promise<boolean> {
    const { status, body } = await call(person, name);
    if (status === 401 && body.code !== 'incorrect_credentials')
      expect(body.detail).toBe('Not authenticated');
    if (status === 403) expect(body.detail).toBe('Insufficient permissions');
    return status !== 401 && status !== 403;
  }

  it('are all listed here', () => {
    expect(operations.map(({ name }) => name).toSorted()).toEqual(Object.keys(ACCESS).toSorted());
  });

  it.each(Object.entries(ACCESS))('%s is open to %s', async (name, group) => {
    expect([
      await hasAccess(app.anonymous(), name),
      await hasAccess(customer, name),
      await hasAccess(manager, name),
    ]).toEqual([group === 'everyone', group !== 'managers', true]);
  });
});

describe("another customer's order", () => {
  let app: TestApp;
  let owner: Person;
  let otherCustomer: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [owner, otherCustomer] = await Promise.all([app.customer(), app.customer()]);
  });
  afterAll(() => app.close());

  it('gets the same 404 as an unknown order', async () => {
    const order = await owner.placeOrder(['Latte', 'Vanilla']);
    const notFound = async (id: string): Promise<string> => {
      const { text, body } = await otherCustomer.get(`/api/v1/orders/${id}`).expect(404);
      return text.replaceAll(id, '').replace(body.request_id, '');
    };

    expect(await notFound(order.id)).toBe(await notFound(randomUUID()));
    await owner.get(`/api/v1/orders/${order.id}`).expect(200);
    await (await app.manager()).get(`/api/v1/orders/${order.id}`).expect(200);
  });

  it('cannot be changed', async () => {
    const order = await owner.placeOrder(['Latte', 'Vanilla']);

    await otherCustomer.changeStatus(order.id, 'preparation').expect(403);

    expect((await owner.get(`/api/v1/orders/${order.id}`)).body).toEqual(order);
  });

  it('cannot be listed', async () => {
    await owner.placeOrder(['Latte', 'Vanilla']);

    await otherCustomer.get('/api/v1/admin/orders').expect(403);
    expect((await otherCustomer.get('/api/v1/orders').expect(200)).body).toEqual([]);
  });

  it('cannot be seen or resolved by customers while its charge is unknown', async () => {
    app.payments.once(chargeAndReset);
    const { body } = await owner.placeWithKey(await owner.orderFor(['Latte', 'Vanilla'])).expect(503);
    const manager = await app.manager();
    const path = `/api/v1/admin/placements?order_id=${body.order_id}`;
    const placement: string = (await manager.get(path).expect(200)).body[0].id;

    for (const person of [owner, otherCustomer]) {
      await person.get(path).expect(403);
      await person.get(`/api/v1/admin/placements/${placement}`).expect(403);
      const resolution = { outcome: 'not_charged', note: 'I promise' };
      await person.post(`/api/v1/admin/placements/${placement}/resolve`, resolution).expect(403);
    }
  });
});
