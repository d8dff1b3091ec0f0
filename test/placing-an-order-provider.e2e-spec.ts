import { ApiProcess } from './support/api-process.js';
import { eventually } from './support/eventually.js';
import { approve, approveWith, decline, type PaymentBehaviour } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const redirect: PaymentBehaviour = ({ response }) =>
  response.writeHead(308, { Location: '/elsewhere' }).end();

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

describe("The payment provider's response to POST /orders", () => {
  let ana: Person;
  let order: object;

  beforeAll(async () => {
    ana = await app.customer();
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });

  it.each([
    ['no body', ''],
    ['plain text', 'thank you'],
    ['a NUL in its JSON', '{"note":"a\\u0000b"}'],
    ['an unpaired surrogate', '{"note":"\\ud800"}'],
    ['invalid UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
    ['a body over the size limit', Buffer.alloc(5_000_000, 'x')],
    ['50,000 nested arrays', '['.repeat(50_000)],
  ])('is an approval if it is a 2xx with %s', async (_, body) => {
    app.payments.once(approveWith(body));

    const { id } = await ana.placeOrder(['Espresso', 'Single Shot']);

    expect((await ana.get(`/api/v1/orders/${id}`).expect(200)).body).toMatchObject({ status: 'waiting' });
    // Fails if PostgreSQL can store the body but not read it.
    const readable = 'SELECT response_payload::jsonb FROM payments WHERE order_id = $1';
    expect(await app.database.query(readable, [id])).toHaveLength(1);
  });

  it('is an approval if it is a 2xx whose body never ends', async () => {
    app.payments.once(({ record, response }) => {
      record();
      response.writeHead(200).write('{"status":');
    });

    await ana.placeOrder(['Espresso', 'Single Shot']);
  });

  it('is part of the 402 that the client gets', async () => {
    app.payments.once(decline(402, '{"reason":"no funds"}'));

    const { body } = await ana.post('/api/v1/orders', order).expect(402);

    expect(body).toMatchObject({
      code: 'payment_failed',
      provider: { status: 402, body: { reason: 'no funds' } },
    });
    expect(body.detail).toMatch(/^Payment failed: /);
  });

  it('leads to no order if it is a decline', async () => {
    const [before] = await app.database.query('SELECT count(*) FROM orders');
    app.payments.once(decline());

    await ana.post('/api/v1/orders', order).expect(402);

    expect(await app.database.query('SELECT count(*) FROM orders')).toEqual([before]);
  });

  it.each([301, 400, 404, 409, 429, 500, 503])(
    'is a decline without a second request if its status is %i',
    async (status) => {
      const requests = app.payments.requests.length;
      app.payments.once(({ response }) =>
        response.writeHead(status, { Location: app.payments.url }).end('no'),
      );

      const { body } = await ana.post('/api/v1/orders', order).expect(402);

      expect(body.provider).toEqual({ status, body: 'no' });
      expect(app.payments.requests).toHaveLength(requests + 1);
    },
  );
});

describe('A payment provider that does not accept requests', () => {
  let api: ApiProcess;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    api = await ApiProcess.start({ ...app.environment, LOG_LEVEL: 'info' });
    ana = api.clientFor(await app.customer());
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterAll(() => api.stop());

  /** Places an order. Returns the log lines about the provider's response. */
  async function place(behaviour: PaymentBehaviour, status: number): Promise<unknown[]> {
    const before = api.program.stdout.length;
    app.payments.once(behaviour);
    await ana.placeWithKey(order).expect(status);
    return eventually('a line about the response', () => {
      const lines = api.program.stdout.slice(before).split('\n').slice(0, -1);
      const found = lines.filter((line) => line.includes('The payment provider'));
      return found.length > 0 ? found.map((line): unknown => JSON.parse(line)) : undefined;
    });
  }

  it.each<[string, PaymentBehaviour]>([
    ['401', decline(401)],
    ['403', decline(403)],
    ['404', decline(404)],
    ['405', decline(405)],
    ['a redirect', redirect],
  ])('is logged at error for %s, and the client gets 402', async (_, behaviour) => {
    expect(await place(behaviour, 402)).toEqual([
      expect.objectContaining({
        level: 'error',
        event: 'payment_misconfigured',
        msg: expect.stringContaining('check PAYMENT_SERVICE_URL') as unknown,
      }),
    ]);
  });

  it.each<[string, PaymentBehaviour, number]>([
    ['a declined card', decline(402), 402],
    ['an approved charge', approve, 201],
  ])('is not logged at error for %s', async (_, behaviour, status) => {
    const lines = await place(behaviour, status);

    expect(lines).toEqual([expect.objectContaining({ level: 'info' })]);
    expect(lines).not.toContainEqual(expect.objectContaining({ event: expect.anything() as unknown }));
  });
});
