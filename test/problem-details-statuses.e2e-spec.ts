import request, { type Test } from 'supertest';
import { decline, reset } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('every answer', () => {
  let app: TestApp;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
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
});
