import { randomUUID } from 'node:crypto';
import { createClient, ProblemError, type CoffeeShop } from '../../clients/typescript/src/index.js';
import { LossyProxy } from '../support/lossy-proxy.js';
import {
  approve,
  chargeAndHang,
  chargeAndReset,
  decline,
  type PaymentBehaviour,
} from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const { fetch } = globalThis;

describe('The TypeScript client', () => {
  let app: TestApp;
  let proxy: LossyProxy;
  let ana: Person;
  let order: Awaited<ReturnType<Person['orderFor']>>;
  let shop: CoffeeShop;

  beforeAll(async () => {
    // The errors of fetch are not instances of the TypeError that Jest gives to modules.
    globalThis.fetch = (...request) =>
      fetch(...request).catch((error: unknown) => Promise.reject(new TypeError(String(error))));
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported', PAYMENT_TIMEOUT_MS: '300' });
    proxy = await LossyProxy.start(app.url);
    ana = await app.customer();
    order = await ana.orderFor(['Latte', 'Vanilla']);
    shop = clientOf(ana);
  });
  beforeEach(() => {
    proxy.requests = 0;
    app.payments.charges.splice(0);
    app.payments.requests.splice(0);
  });
  afterAll(async () => {
    globalThis.fetch = fetch;
    await proxy.stop();
    await app.close();
  });

  function clientOf({ token }: Person): CoffeeShop {
    return createClient({ baseUrl: `${proxy.url}/api/v1`, token });
  }

  it.each<[string, PaymentBehaviour, number]>([
    ['responses are lost', approve, 2],
    ['the connection of the provider breaks after the charge', chargeAndReset, 0],
    ['the provider charges without an answer, and a response is lost', chargeAndHang, 1],
  ])('places one order with one charge if %s', async (_, behaviour, responsesToLose) => {
    app.payments.once(behaviour);
    proxy.responsesToLose = responsesToLose;

    const placed = await shop.placeOrder(order);

    expect(proxy.requests).toBeGreaterThan(1);
    expect(app.payments.charges).toHaveLength(1);
    expect((await ana.get(`/api/v1/orders/${placed.id}`).expect(200)).body.status).toBe('waiting');
  });

  it('waits for the first request of an app that was closed, by the stored key', async () => {
    const key = randomUUID();
    app.payments.once((exchange) => setTimeout(() => approve(exchange), 200));
    const closing = AbortSignal.timeout(50);
    await expect(shop.placeOrder(order, { key, signal: closing })).rejects.toThrow();

    await shop.placeOrder(order, { key });

    expect(app.payments.charges).toHaveLength(1);
  });

  it('does not repeat a declined order', async () => {
    app.payments.once(decline());

    const error = await shop.placeOrder(order).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ status: 402, code: 'payment_failed', isFinal: true });
    expect(proxy.requests).toBe(1);
  });

  it('makes one refund if the response is lost', async () => {
    const manager = await app.manager();
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);
    proxy.responsesToLose = 1;

    const refund = await clientOf(manager).refundOrder(id, { amount_cents: 100, reason: 'quality' });

    expect((await manager.get(`/api/v1/orders/${id}/refunds`)).body).toEqual([
      expect.objectContaining({ id: refund.id }),
    ]);
  });
});
