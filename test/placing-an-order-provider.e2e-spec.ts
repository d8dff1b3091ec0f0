import { approveWith, decline } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('placing an order', () => {
  let app: TestApp;
  let ana: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
  });
  afterAll(() => app.close());

  it.each([
    ['no body', ''],
    ['text', 'thank you'],
    ['a NUL in its JSON', '{"note":"a\\u0000b"}'],
    ['an unpaired surrogate', '{"note":"\\ud800"}'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
    ['more than anybody reads', Buffer.alloc(5_000_000, 'x')],
    ['nesting without end', '['.repeat(50_000)],
  ])('takes a 2xx with %s for an approval', async (_, body) => {
    app.payments.once(approveWith(body));

    const order = await ana.placeOrder(['Espresso', 'Single Shot']);

    expect((await ana.get(`/api/v1/orders/${order.id}`).expect(200)).body).toMatchObject({
      status: 'waiting',
    });
  });

  it('takes a 2xx whose body never ends for an approval', async () => {
    app.payments.once(({ recordCharge, response }) => {
      recordCharge();
      response.writeHead(200).write('{"status":');
    });

    await ana.placeOrder(['Espresso', 'Single Shot']);
  });

  it('answers 402 with what the provider said, and there is no order', async () => {
    app.payments.once(decline(402, '{"reason":"no funds"}'));
    const [before] = await app.database.query('SELECT count(*) FROM orders');

    const { body } = await ana.post('/api/v1/orders', await ana.orderFor(['Latte', 'Vanilla'])).expect(402);

    expect(body).toMatchObject({
      code: 'payment_failed',
      provider: { status: 402, body: { reason: 'no funds' } },
    });
    expect(body.detail).toMatch(/^Payment failed: /);
    expect(await app.database.query('SELECT count(*) FROM orders')).toEqual([before]);
  });

  it.each([301, 400, 404, 409, 429, 500, 503])(
    'takes a %i of the provider for a decline and asks only once',
    async (status) => {
      const requests = app.payments.requests.length;
      app.payments.once(({ response }) =>
        response.writeHead(status, { Location: app.payments.url }).end('no'),
      );

      const { body } = await ana.post('/api/v1/orders', await ana.orderFor(['Latte', 'Vanilla'])).expect(402);

      expect(body.provider).toEqual({ status, body: 'no' });
      expect(app.payments.requests).toHaveLength(requests + 1);
    },
  );
});
