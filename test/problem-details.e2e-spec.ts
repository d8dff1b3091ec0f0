import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('a refusal', () => {
  let app: TestApp;
  let ana: Person;
  let line: { product_id: string; variation_id: string; quantity: number };

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
    const [latte] = (await ana.orderFor(['Latte', 'Vanilla'])).items;
    if (!latte) throw new Error('No latte');
    line = latte;
  });
  afterAll(() => app.close());

  it('is answered with problem details that name the request and every field at fault', async () => {
    const body = { items: [{ ...line, quantity: 0, price: 1 }], coupon: 'x' };

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
        { field: 'coupon', message: expect.any(String) },
        { field: 'items.0.price', message: expect.any(String) },
        { field: 'items.0.quantity', message: expect.any(String) },
      ],
    });
  });

  it.each(['/nowhere', '/api/v1/nowhere', '/api/v1', '/api/v2/menu', '/docs-jsonx'])(
    'is 404 as problem details for %s',
    async (path) => {
      const { body } = await ana.get(path).expect(404);
      expect(body).toMatchObject({ status: 404, code: 'not_found', instance: path });
    },
  );
});

describe('a fault of our own', () => {
  it('is told as 500 without any detail of it, under an id that the log has too', async () => {
    const app = await TestApp.start();
    const ana = await app.customer();
    await app.database.query('ALTER TABLE orders RENAME TO mislaid');

    const { body, headers } = await ana
      .get('/api/v1/orders/00000000-0000-0000-0000-000000000000')
      .expect(500);

    expect(body).toMatchObject({ code: 'internal_error', request_id: headers['x-request-id'] });
    expect(JSON.stringify(body)).not.toMatch(/relation|select|query|stack/i);
    await app.close();
  });
});
