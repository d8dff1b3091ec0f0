import { eventually } from './support/eventually.js';
import { TestShop } from './support/shop.js';

describe('the connections to a payment provider', () => {
  it.each([
    ['supported', 'are used again while they are fresh', 1],
    ['unknown', 'serve one charge each, so that a refused one proves that nothing was sent', 3],
  ])('with provider idempotency %s %s', async (idempotency, _, connections) => {
    const shop = await TestShop.open({ PAYMENT_PROVIDER_IDEMPOTENCY: idempotency });
    const ana = await shop.customer();

    for (let order = 0; order < 3; order += 1) await ana.orders(['Latte', 'Vanilla']);

    expect(shop.payments.connections).toBe(connections);
    await eventually('idle connections to be closed', async () =>
      (await shop.payments.openConnections()) === 0 ? true : undefined,
    );
    await shop.close();
  });

  it('may be closed by the provider at any time: the next charge finds another', async () => {
    const shop = await TestShop.open({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' });
    const ana = await shop.customer();
    await ana.orders(['Latte', 'Vanilla']);

    await shop.payments.stop();
    await shop.payments.comesBack();

    await ana.orders(['Latte', 'Vanilla']);
    expect(shop.payments.charges).toHaveLength(2);
    await shop.close();
  });
});
