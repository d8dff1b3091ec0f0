import { eventually } from './support/eventually.js';
import { TestApp } from './support/test-app.js';

describe('Connections to the payment provider', () => {
  describe.each([
    ['supported', 'are reused', 1],
    // A new connection that is refused proves that nothing was sent.
    ['unknown', 'serve one charge each', 3],
  ])('with provider idempotency %s', (idempotency, promise, connections) => {
    let app: TestApp;

    beforeAll(async () => {
      app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: idempotency });
      const ana = await app.customer();
      for (let placed = 0; placed < 3; placed += 1) await ana.placeOrder(['Latte', 'Vanilla']);
    });
    afterAll(() => app.close());

    it(promise, () => {
      expect(app.payments.connections).toBe(connections);
    });

    it('are closed when they are idle', async () => {
      await eventually('no open connection', async () => (await app.payments.openConnections()) === 0);
    });
  });

  it('are replaced after the provider has closed them', async () => {
    const app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' });
    const ana = await app.customer();
    await ana.placeOrder(['Latte', 'Vanilla']);

    await app.payments.stop();
    await app.payments.restart();

    await ana.placeOrder(['Latte', 'Vanilla']);
    expect(app.payments.charges).toHaveLength(2);
    await app.close();
  });
});
