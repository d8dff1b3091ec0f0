import { jest } from '@jest/globals';
import { BASE_URL, brokenConnection, fakeFetch, problem } from '../spec-support/fake-fetch.js';
import { ORDER, outcomeOf, placed, RETRY, unavailable } from '../spec-support/orders.js';
import { createClient, createKey } from './client.js';
import { ProblemError } from './errors.js';

describe('createClient', () => {
  const shop = createClient({ baseUrl: BASE_URL });

  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('refuses a base URL without a host', () => {
    expect(() => createClient({ baseUrl: '/api/v1' })).toThrow('Invalid URL');
  });

  it.each([
    ['a string', 'secret'],
    ['a function', (): string => 'secret'],
    ['an asynchronous function', async (): Promise<string> => 'secret'],
  ])('sends a token that is %s', async (_, token) => {
    const sent = fakeFetch(Response.json({ products: [] }));

    await createClient({ baseUrl: `${BASE_URL}/`, token }).GET('/menu');

    expect([sent[0]?.route, sent[0]?.headers.get('Authorization')]).toEqual(['GET /menu', 'Bearer secret']);
  });

  describe('placeOrder', () => {
    it.each([
      ['a 503', unavailable],
      ['a 409 with Retry-After', (): Response => problem(409, 'placement_in_progress', RETRY)],
      ["a proxy's 502", (): Response => new Response('<h1>Bad Gateway</h1>', { status: 502 })],
      ["a proxy's 504", (): Response => new Response('', { status: 504 })],
      ['a broken connection', brokenConnection],
    ])('repeats after %s with the same key and body', async (_, failure) => {
      const sent = fakeFetch(failure(), failure(), placed());

      expect(await outcomeOf(shop.placeOrder(ORDER))).toEqual({ id: 'order 1' });
      expect(sent).toHaveLength(3);
      expect(new Set(sent.map(({ headers }) => headers.get('Idempotency-Key'))).size).toBe(1);
      expect(new Set(sent.map(({ body }) => body))).toEqual(new Set([JSON.stringify(ORDER)]));
    });

    it('makes a new key for each order', async () => {
      const sent = fakeFetch(placed(), placed());

      await shop.placeOrder(ORDER);
      await shop.placeOrder(ORDER);

      const keys = sent.map(({ headers }) => headers.get('Idempotency-Key') ?? '');
      expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
      expect(keys[1]).not.toBe(keys[0]);
    });

    it('uses the key of the caller', async () => {
      const sent = fakeFetch(placed());

      await shop.placeOrder(ORDER, { key: 'stored' });

      expect(sent[0]?.headers.get('Idempotency-Key')).toBe('stored');
    });

    it.each([
      [402, 'payment_failed'],
      [409, 'shop_closed'],
      [422, 'total_too_large'],
    ])('does not repeat after %s %s', async (status, code) => {
      const sent = fakeFetch(problem(status, code));

      const error = await outcomeOf(shop.placeOrder(ORDER, { key: 'stored' }));

      expect(error).toBeInstanceOf(ProblemError);
      expect(error).toMatchObject({
        ...{ status, code, detail: `The sentence of ${code}`, requestId: 'request 1', key: 'stored' },
        ...{ isFinal: true, problem: { opens_at: null } },
      });
      expect(sent).toHaveLength(1);
    });

    it.each([
      ['401 invalid_token', problem(401, 'invalid_token')],
      ['403 insufficient_permissions', problem(403, 'insufficient_permissions')],
      ['422 idempotency_key_reused', problem(422, 'idempotency_key_reused')],
      ['500 internal_error', problem(500, 'internal_error')],
      ["a proxy's 403", new Response('<h1>Forbidden</h1>', { status: 403 })],
      ["a proxy's 404", new Response('{"message": "no Route matched"}', { status: 404 })],
    ])('says after %s that an earlier try may have placed the order', async (_, response) => {
      fakeFetch(brokenConnection(), response);

      const error = await outcomeOf(shop.placeOrder(ORDER, { key: 'stored' }));

      expect(error).toMatchObject({ status: response.status, isFinal: false, key: 'stored' });
    });

    it.each([
      ['that is not JSON', new Response('<h1>Welcome to the Wi-Fi</h1>')],
      ['without a body', new Response(null, { headers: { 'Content-Length': '0' } })],
    ])("repeats after a proxy's 200 %s", async (_, response) => {
      fakeFetch(response, placed());

      expect(await outcomeOf(shop.placeOrder(ORDER))).toEqual({ id: 'order 1' });
    });
  });

  describe('refundOrder', () => {
    it('repeats with the same key', async () => {
      const sent = fakeFetch(unavailable(), Response.json({ id: 'refund 1' }, { status: 201 }));

      const refund = await outcomeOf(shop.refundOrder('a', { amount_cents: 100, reason: 'quality' }));

      expect(refund).toEqual({ id: 'refund 1' });
      expect(sent.map(({ route }) => route)).toEqual(['POST /orders/a/refunds', 'POST /orders/a/refunds']);
      expect(sent[1]?.headers.get('Idempotency-Key')).toBe(sent[0]?.headers.get('Idempotency-Key'));
    });
  });
});

describe('createKey', () => {
  it('works on pages without https', () => {
    jest.spyOn(crypto, 'randomUUID').mockImplementation(() => {
      throw new TypeError('crypto.randomUUID is not a function');
    });

    expect(createKey()).toMatch(/^[0-9a-f]{32}$/);
    jest.restoreAllMocks();
  });
});
