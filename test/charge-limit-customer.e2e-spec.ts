import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './support/eventually.js';
import { approve, type PaymentBehaviour } from './support/payment-stub.js';
import type { Person } from './support/person.js';
import { SlowProvider } from './support/slow-provider.js';
import { TestApp } from './support/test-app.js';

/** The number of charges that one customer has at once. */
const LIMIT = 5;

describe('the limit of concurrent charges of a customer', () => {
  let app: TestApp;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_TIMEOUT_MS: '20000' });
    ana = await app.customer();
    order = await ana.orderFor(['Latte', 'Vanilla']);
  });
  afterEach(() => {
    app.payments.defaultBehaviour = approve;
  });
  afterAll(() => app.close());

  /** Places orders at once. Returns their statuses. */
  function place(count: number, customer = ana): Promise<number[]> {
    return Promise.all(
      Array.from({ length: count }, () => customer.placeWithKey(order).then(({ status }) => status)),
    );
  }

  it('leaves slots to others while one customer sends 250 orders at once', async () => {
    const bob = await app.customer();
    const provider = new SlowProvider(1_000);
    app.payments.defaultBehaviour = provider.behaviour;
    const many = place(250);
    await eventually('charges of one customer', () => provider.maxConcurrent === LIMIT);

    expect(await place(LIMIT, bob)).toEqual(Array(LIMIT).fill(201));
    expect(new Set(await many)).toEqual(new Set([201, 503]));
    expect(provider.maxConcurrent).toBe(2 * LIMIT);
  });

  describe('while five charges have no response', () => {
    let held: Parameters<PaymentBehaviour>[0][];
    let others: Promise<number[]>;

    beforeEach(async () => {
      held = [];
      app.payments.defaultBehaviour = (exchange) => held.push(exchange);
      others = place(LIMIT);
      await eventually('five charges', () => held.length === LIMIT);
    });
    afterEach(async () => {
      for (const exchange of held) approve(exchange);
      expect(await others).toEqual(Array(LIMIT).fill(201));
    });

    it('refuses the sixth after two seconds', async () => {
      const { body, headers } = await ana.placeWithKey(order).timeout(10_000).expect(503);

      expect(body.code).toBe('too_many_concurrent_orders');
      expect(headers['retry-after']).toBe('1');
      expect(held).toHaveLength(LIMIT);
    });

    it('sends the sixth once one of them has its response', async () => {
      const sixth = place(1);
      await sleep(200);
      expect(held).toHaveLength(LIMIT);

      app.payments.defaultBehaviour = approve;
      for (const exchange of held.splice(0, 1)) approve(exchange);

      expect(await sixth).toEqual([201]);
    });
  });
});
