import request, { type Test } from 'supertest';
import { decline, reset } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';
const LOG_IN = '/api/v1/auth/token';
const UNKNOWN_ORDER = `${ORDERS}/00000000-0000-0000-0000-000000000000`;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let app: TestApp;
let ana: Person;
let order: Awaited<ReturnType<Person['orderFor']>>;

beforeAll(async () => {
  app = await TestApp.start();
  ana = await app.customer();
  order = await ana.orderFor(['Latte', 'Vanilla']);
});
afterAll(() => app.close());

describe('Error responses', () => {
  it.each<[number, string, string, string, () => Test]>([
    [400, 'bad_request', 'Bad Request', ORDERS, () => ana.post(ORDERS, '{"items":[')],
    [401, 'not_authenticated', 'Unauthorized', ORDERS, () => app.anonymous().post(ORDERS, order)],
    [
      401,
      'incorrect_credentials',
      'Unauthorized',
      LOG_IN,
      () => request(app.url).post(LOG_IN).type('form').send({ username: 'ana', password: 'wrong' }),
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
    [404, 'order_not_found', 'Not Found', UNKNOWN_ORDER, () => ana.get(`${UNKNOWN_ORDER}?a=b`)],
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
  ])('are problem details for %i %s', async (status, code, title, instance, send) => {
    const { body, headers } = await send();

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
});

describe('Problem details', () => {
  it('name every invalid field', async () => {
    const body = { items: [{ ...order.items[0], quantity: 0, price: 1 }], coupon: 'x' };

    const response = await ana.post('/api/v1/orders?a=b', body).expect(422);

    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.body).toEqual({
      type: expect.stringMatching(/invalid_request$/),
      title: 'Unprocessable Entity',
      status: 422,
      detail: expect.stringContaining('quantity'),
      instance: '/api/v1/orders',
      code: 'invalid_request',
      request_id: response.headers['x-request-id'],
      errors: [
        { field: 'items.0.price', message: expect.any(String) },
        { field: 'coupon', message: expect.any(String) },
        { field: 'items.0.quantity', message: expect.any(String) },
      ],
    });
  });

  it('do not repeat malformed JSON', async () => {
    const { text } = await ana.post('/api/v1/orders', '{"card":"4111111111111111"').expect(400);

    // A request id may contain the first digits.
    expect(text).not.toContain('41111111');
  });

  it.each(['/nowhere', '/api/v1/nowhere', '/api/v1', '/api/v2/menu', '/docs-jsonx'])(
    'describe the 404 for %s',
    async (path) => {
      const { body } = await ana.get(path).expect(404);

      expect(body).toMatchObject({ status: 404, code: 'not_found', instance: path });
    },
  );

  describe('of an internal error', () => {
    beforeAll(() => app.database.query('ALTER TABLE orders RENAME TO missing'));

    it('contain no internals', async () => {
      const { body, headers } = await ana
        .get('/api/v1/orders/00000000-0000-0000-0000-000000000000')
        .expect(500);

      expect(body).toMatchObject({ code: 'internal_error', request_id: headers['x-request-id'] });
      expect(JSON.stringify(body)).not.toMatch(/relation|select|query|stack/i);
    });
  });
});
