import request, { type Test } from 'supertest';
import { documentedOperations } from './support/openapi-document.js';
import { decline, reset } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

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

  it.each<[number, string, string, string, () => Test]>([
    [400, 'bad_request', 'Bad Request', ORDERS, () => ana.post(ORDERS, '{"items":[')],
    [401, 'not_authenticated', 'Unauthorized', ORDERS, () => app.anonymous().post(ORDERS, order)],
    [
      401,
      'incorrect_credentials',
      'Unauthorized',
      '/api/v1/auth/token',
      () =>
        request(app.url).post('/api/v1/auth/token').type('form').send({ username: 'ana', password: 'wrong' }),
    ],
    [
      402,
      'payment_failed',
      'Payment Required',
      ORDERS,
      () => {
        app.payments.once(decline());
        return ana.post(ORDERS, order);
      },
    ],
    [
      403,
      'insufficient_permissions',
      'Forbidden',
      '/api/v1/admin/orders',
      () => ana.get('/api/v1/admin/orders'),
    ],
    [404, 'not_found', 'Not Found', '/nowhere', () => ana.get('/nowhere?token=secret')],
    [
      404,
      'order_not_found',
      'Not Found',
      `${ORDERS}/00000000-0000-0000-0000-000000000000`,
      () => ana.get(`${ORDERS}/00000000-0000-0000-0000-000000000000?a=b`),
    ],
    [409, 'total_mismatch', 'Conflict', ORDERS, () => ana.post(ORDERS, { ...order, total_cents: 1 })],
    [
      413,
      'payload_too_large',
      'Payload Too Large',
      ORDERS,
      () => ana.post(ORDERS, { ...order, metadata: { note: 'x'.repeat(102_400) } }),
    ],
    [
      415,
      'unsupported_media_type',
      'Unsupported Media Type',
      ORDERS,
      () => ana.post(ORDERS, 'x').type('text'),
    ],
    [422, 'invalid_request', 'Unprocessable Entity', ORDERS, () => ana.post(ORDERS, {})],
    [
      503,
      'payment_outcome_unknown',
      'Service Unavailable',
      ORDERS,
      () => {
        app.payments.once(reset);
        return ana.post(ORDERS, order);
      },
    ],
  ])('of %i %s is problem details', async (status, code, title, instance, ask) => {
    const { body, headers } = await ask();

    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(headers['x-request-id']).toMatch(UUID);
    expect(body).toMatchObject({
      type: expect.stringMatching(/^(urn|https?):\S+$/),
      title,
      status,
      detail: expect.stringMatching(/\S/),
      instance,
      code,
      request_id: headers['x-request-id'],
    });
  });

  it('of a refused JSON does not repeat what was sent', async () => {
    const { text } = await ana.post(ORDERS, '{"card":"4111111111111111"').expect(400);

    expect(text).not.toContain('4111');
  });

  it.each(['/', '/health/live', '/health/ready', '/api/v1/menu', '/docs', '/docs-json', '/nowhere', '/%zz'])(
    'at %s carries the headers of a careful server',
    async (path) => {
      const { headers } = await ana.get(path).set('Origin', 'https://evil.example');

      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': expect.stringMatching(/^(DENY|SAMEORIGIN)$/),
        'content-security-policy': expect.stringMatching(/default-src '(none|self)'/),
        'referrer-policy': 'no-referrer',
        'strict-transport-security': expect.stringContaining('max-age='),
        'x-request-id': expect.stringMatching(UUID),
      });
      expect(headers['content-security-policy']).toContain('frame-ancestors');
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    },
  );

  it('about somebody is stored by nobody between, and the menu is asked for anew', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);

    for (const path of [`${ORDERS}/${id}`, '/', '/nowhere'])
      expect((await ana.get(path)).headers['cache-control']).toBe('no-store');
    for (const header of [undefined, '*']) {
      const test = ana.get('/api/v1/menu');
      const { headers } = await (header === undefined ? test : test.set('If-None-Match', header));
      expect(headers['cache-control']).toBe('no-cache');
    }
  });

  it('lets no foreign page ask for more: a preflight permits nothing', async () => {
    const { headers, status } = await request(app.url)
      .options(ORDERS)
      .set({ Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' });

    expect(status).toBe(404);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it.each(['till-4.order_17', 'a', 'x'.repeat(64)])(
    'has the safe request id %s of its client',
    async (id) => {
      for (const path of ['/', '/nowhere']) {
        const { headers } = await ana.get(path).set('X-Request-Id', id);
        expect(headers['x-request-id']).toBe(id);
      }
      expect((await ana.get('/nowhere').set('X-Request-Id', id)).body.request_id).toBe(id);
    },
  );

  it.each(['x'.repeat(65), 'a b', 'a"b', '<script>', 'a,b', '../etc', ''])(
    'has a request id of its own instead of the client’s %j',
    async (id) => {
      const { body, headers } = await ana.get('/nowhere').set('X-Request-Id', id).expect(404);

      expect(headers['x-request-id']).toMatch(UUID);
      expect(body.request_id).toBe(headers['x-request-id']);
    },
  );

  it('has a request id that no other answer has', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => ana.get('/')));

    expect(new Set(answers.map(({ headers }) => headers['x-request-id'])).size).toBe(10);
  });

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
