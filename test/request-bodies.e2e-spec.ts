import request from 'supertest';
import { documentedOperations, PATH_PARAMETER } from './support/openapi-document.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';
/** They need no body and no existing resource. */
const WITHOUT_NEEDS = [
  'POST /api/v1/admin/notifications/redrive',
  'POST /api/v1/auth/stream-ticket',
  'PUT /api/v1/admin/shop/pause',
  'DELETE /api/v1/admin/shop/pause',
];
/** OAuth2 calls a missing parameter `invalid_request` (RFC 6749, 5.2). */
const REVOCATION = 'POST /api/v1/auth/revoke';

describe('Request validation', () => {
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

  it('returns 404, 422 or 400 for Content-Length: 0 on every route that needs a body or an existing resource', async () => {
    const routes = (await documentedOperations(app.url)).filter(
      ({ method, name }) => method !== 'GET' && !WITHOUT_NEEDS.includes(name),
    );
    for (const { method, path, name } of routes) {
      const url = app.url + path.replaceAll(PATH_PARAMETER, '00000000-0000-0000-0000-000000000000');
      const headers = { Authorization: `Bearer ${manager.token ?? ''}`, 'Content-Length': '0' };

      const { status } = await fetch(url, { method, headers });

      const expected = name === REVOCATION ? [400] : [404, 422];
      expect([name, expected.includes(status)]).toEqual([name, true]);
    }
  });

  describe.each(['constructor', 'toString', 'hasOwnProperty', 'toRequest', 'valueOf'])(
    'of an unknown field named %s',
    (name) => {
      const field = `"${name}":"x"`;

      it('returns 422 in an order', async () => {
        const requests = app.payments.requests.length;

        await ana.post(ORDERS, JSON.stringify(order).replace(/}$/, `,${field}}`)).expect(422);

        expect(app.payments.requests).toHaveLength(requests);
      });

      it('returns 422 in an order line', async () => {
        const requests = app.payments.requests.length;
        const body = JSON.stringify(order).replace('{"product_id"', `{${field},"product_id"`);

        await ana.post(ORDERS, body).expect(422);

        expect(app.payments.requests).toHaveLength(requests);
      });

      it('returns 422 in a query', async () => {
        await manager.get(`/api/v1/admin/orders?${name}=x`).expect(422);
      });

      it('is ignored in a form', async () => {
        await request(app.url)
          .post('/api/v1/auth/token')
          .type('form')
          .send(`username=customer%40example.com&password=customer123&${name}=x`)
          .expect(200);
      });

      it('returns 422 in a variation of a product', async () => {
        const variation = `{"name":"Oat",${field}}`;
        const product = `{"name":"${name}","base_price_cents":1,"variations":[${variation}]}`;

        await manager.post('/api/v1/admin/products', product).expect(422);
      });
    },
  );
});
