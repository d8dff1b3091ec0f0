import type { Test } from 'supertest';
import { reset } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

/** The role of a user is cached for seconds, so that these requests pass the guards. */
describe('A user who was deleted a moment ago', () => {
  let app: TestApp;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterAll(() => app.close());

  async function deleted(person: Person): Promise<Person> {
    await person.get(`/api/v1/orders/${order.items[0]?.product_id ?? ''}`).expect(404);
    await app.database.query('DELETE FROM users WHERE id = $1', [person.id]);
    return person;
  }

  async function expectInvalidToken(test: Test): Promise<void> {
    const { body } = await test.expect(401);

    expect(body).toMatchObject({ code: 'invalid_token', detail: 'Could not validate credentials' });
  }

  it.each([undefined, 'a key'])('gets 401 for an order, which is not charged (key: %s)', async (key) => {
    const charges = app.payments.requests.length;
    const ben = await deleted(await app.customer());

    await expectInvalidToken(
      key === undefined ? ben.post('/api/v1/orders', order) : ben.placeWithKey(order, key),
    );

    expect(app.payments.requests).toHaveLength(charges);
  });

  it('gets 401 for a status change, which has no effect', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    const manager = await deleted(await app.manager());

    await expectInvalidToken(manager.changeStatus(id, 'preparation'));

    expect((await ana.get(`/api/v1/orders/${id}`).expect(200)).body.status).toBe('waiting');
  });

  it('gets 401 for the resolution of a placement', async () => {
    app.payments.once(reset);
    await ana.post('/api/v1/orders', order).expect(503);
    const manager = await app.manager();
    const { body } = await manager.get('/api/v1/admin/placements?state=unknown').expect(200);
    await deleted(manager);

    const resolution = { outcome: 'not_charged', note: 'not in the dashboard' };

    await expectInvalidToken(manager.post(`/api/v1/admin/placements/${body[0].id}/resolve`, resolution));
  });
});
