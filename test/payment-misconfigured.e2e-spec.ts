import { ApiProcess } from './support/api-process.js';
import { eventually } from './support/eventually.js';
import { approve, decline, type PaymentBehaviour } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const redirect: PaymentBehaviour = ({ response }) =>
  response.writeHead(308, { Location: '/elsewhere' }).end();

describe('A payment provider that does not accept requests', () => {
  let app: TestApp;
  let api: ApiProcess;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start();
    api = await ApiProcess.start({ ...app.environment, LOG_LEVEL: 'info' });
    ana = api.clientFor(await app.customer());
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterAll(async () => {
    await api.stop();
    await app.close();
  });

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
