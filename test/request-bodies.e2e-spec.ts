import request from 'supertest';
import { documentedOperations } from './support/openapi-document.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';

describe('every answer', () => {
  let app: TestApp;
  let ana: Person;
  let manager: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start();
    [ana, manager] = await Promise.all([app.customer(), app.manager()]);
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterAll(() => app.close());

  it('to a call without a body does not depend on whether the client says that it has none', async () => {
    const routes = (await documentedOperations(app.url)).filter(({ method }) => method !== 'GET');
    for (const { method, path, name } of routes) {
      const url = app.url + path.replace('{id}', '00000000-0000-0000-0000-000000000000');
      const headers = { Authorization: `Bearer ${manager.token ?? ''}`, 'Content-Length': '0' };

      const { status } = await fetch(url, { method, headers });

      expect([name, [404, 422].includes(status)]).toEqual([name, true]);
    }
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', 'toRequest', 'valueOf'])(
    'is 422 where a field is called %s, in bodies, lines, queries and forms alike',
    async (name) => {
      const requests = app.payments.requests.length;
      const field = `"${name}":"x"`;
      const body = JSON.stringify(order);

      await ana.post(ORDERS, body.replace(/}$/, `,${field}}`)).expect(422);
      await ana.post(ORDERS, body.replace('{"product_id"', `{${field},"product_id"`)).expect(422);
      await manager.get(`/api/v1/admin/orders?${name}=x`).expect(422);
      await request(app.url)
        .post('/api/v1/auth/token')
        .type('form')
        .send(`username=customer%40example.com&password=customer123&${name}=x`)
        .expect(422);
      const variation = `{"name":"Oat",${field}}`;
      const product = `{"name":"${name}","base_price_cents":1,"variations":[${variation}]}`;
      await manager.post('/api/v1/admin/products', product).expect(422);
      expect(app.payments.requests).toHaveLength(requests);
    },
  );
});
