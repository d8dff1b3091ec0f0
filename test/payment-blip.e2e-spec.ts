import { eventually } from './support/eventually.js';
import { reset, type PaymentBehaviour } from './support/payment-stub.js';
import { TestApp } from './support/test-app.js';

const CHARGES = 10;

describe('POST /orders after a short failure of the payment provider', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '20000' });
  });
  afterAll(() => app.close());

  it('places orders soon after ten charges broke at once', async () => {
    const held: Parameters<PaymentBehaviour>[0][] = [];
    for (let charge = 0; charge < CHARGES; charge += 1)
      app.payments.once((exchange) => void held.push(exchange));
    const customers = await Promise.all(Array.from({ length: CHARGES }, () => app.customer()));
    const order = await customers[0]!.orderFor(['Latte', 'Vanilla']);
    const broken = Promise.all(customers.map((customer) => customer.placeWithKey(order)));
    await eventually('ten charges', () => held.length === CHARGES);
    for (const exchange of held) reset(exchange);
    await broken;

    // The circuit breaker lets a charge through after one second.
    const place = async (): Promise<boolean> => (await customers[0]!.placeWithKey(order)).status === 201;
    await eventually('a placed order', place, 5_000);
  });
});
