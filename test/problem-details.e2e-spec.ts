import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('Problem details', () => {
  let app: TestApp;
  let ana: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
  });
  afterAll(() => app.close());

  it('name every invalid field', async () => {
    const { items } = await ana.orderFor(['Latte', 'Vanilla']);
    const body = { items: [{ ...items[0], quantity: 0, price: 1 }], coupon: 'x' };

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

    expect(text).not.toContain('4111');
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
