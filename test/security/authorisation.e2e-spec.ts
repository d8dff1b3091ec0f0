import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { documentedOperations, type Operation } from '../support/openapi-document.js';
import { chargeAndReset } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

/** Who may call each route. A new route that is not listed here fails. */
const RULES: Record<string, 'everybody' | 'customers' | 'managers'> = {
  'GET /': 'everybody',
  'GET /health/live': 'everybody',
  'GET /health/ready': 'everybody',
  'GET /api/v1/menu': 'everybody',
  'POST /api/v1/auth/token': 'everybody',
  'POST /api/v1/orders': 'customers',
  'GET /api/v1/orders/{id}': 'customers',
  'PATCH /api/v1/orders/{id}/status': 'managers',
  'GET /api/v1/admin/orders': 'managers',
  'POST /api/v1/admin/products': 'managers',
  'PATCH /api/v1/admin/products/{id}': 'managers',
  'DELETE /api/v1/admin/products/{id}': 'managers',
  'GET /api/v1/admin/placements': 'managers',
  'POST /api/v1/admin/placements/{id}/resolve': 'managers',
  'GET /api/v1/admin/notifications': 'managers',
  'POST /api/v1/admin/notifications/{id}/redrive': 'managers',
};

describe('a route', () => {
  let app: TestApp;
  let operations: Operation[];
  let ana: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    operations = await documentedOperations(app.url);
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
  });
  afterAll(() => app.close());

  /** Calls it with an id that nothing has and no body: whoever may gets further than 401 and 403. */
  async function call(person: Person, name: string): Promise<Response> {
    const { method, path } = operations.find((operation) => operation.name === name)!;
    const url = path.replace('{id}', randomUUID());
    if (method === 'GET') return person.get(url);
    if (method === 'DELETE') return person.delete(url);
    return method === 'PATCH' ? person.patch(url) : person.post(url);
  }

  it('has a rule who may call it', () => {
    expect(operations.map(({ name }) => name).toSorted()).toEqual(Object.keys(RULES).toSorted());
  });

  it.each(Object.entries(RULES))('%s is for %s', async (name, who) => {
    const isOpen = async (person: Person): Promise<boolean> => {
      const { status, body } = await call(person, name);
      if (status === 401 && body.code !== 'incorrect_credentials')
        expect(body.detail).toBe('Not authenticated');
      if (status === 403) expect(body.detail).toBe('Insufficient permissions');
      return status !== 401 && status !== 403;
    };

    expect([await isOpen(app.anonymous()), await isOpen(ana), await isOpen(manager)]).toEqual([
      who === 'everybody',
      who !== 'managers',
      true,
    ]);
  });
});

describe("another customer's", () => {
  let app: TestApp;
  let ana: Person;
  let ben: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, ben] = await Promise.all([app.customer(), app.customer()]);
  });
  afterAll(() => app.close());

  it('order is as unknown as one that does not exist', async () => {
    const order = await ben.placeOrder(['Latte', 'Vanilla']);
    const answer = async (id: string): Promise<string> => {
      const { text, body } = await ana.get(`/api/v1/orders/${id}`).expect(404);
      return text.replaceAll(id, '').replace(body.request_id, '');
    };

    expect(await answer(order.id)).toBe(await answer(randomUUID()));
    await ben.get(`/api/v1/orders/${order.id}`).expect(200);
    await (await app.manager()).get(`/api/v1/orders/${order.id}`).expect(200);
  });

  it('order is neither moved on nor listed', async () => {
    const order = await ben.placeOrder(['Latte', 'Vanilla']);

    await ana.changeStatus(order.id, 'preparation').expect(403);
    await ana.get('/api/v1/admin/orders').expect(403);

    expect((await ben.get(`/api/v1/orders/${order.id}`)).body).toEqual(order);
  });

  it('open payment is neither seen nor resolved, not even by its owner', async () => {
    app.payments.once(chargeAndReset);
    const { body } = await ben.placeWithKey(await ben.orderFor(['Latte', 'Vanilla'])).expect(503);
    const [, placement = ''] = /placement ([\w-]{36})/.exec(body.detail) ?? [];

    for (const person of [ana, ben]) {
      await person.get('/api/v1/admin/placements').expect(403);
      const resolution = { outcome: 'not_charged', note: 'I promise' };
      await person.post(`/api/v1/admin/placements/${placement}/resolve`, resolution).expect(403);
    }
  });
});
