import { eventually } from './support/eventually.js';
import { TestApp } from './support/test-app.js';

describe('the connections to a payment provider', () => {
  it.each([
    ['supported', 'are used again while they are fresh', 1],
    ['unknown', 'serve one charge each, so that a refused one proves that nothing was sent', 3],
  ])('with provider idempotency %s %s', async (idempotency, _, connections) => {
    const app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: idempotency });
    const ana = await app.customer();

    for (let order = 0; order < 3; order += 1) await ana.placeOrder(['Latte', 'Vanilla']);

    expect(app.payments.connections).toBe(connections);
    await eventually('idle connections to be closed', async () =>
      (await app.payments.openConnections()) === 0 ? true : undefined,
    );
    await app.close();
  });

  it('may be closed by the provider at any time: the next charge finds another', async () => {
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
