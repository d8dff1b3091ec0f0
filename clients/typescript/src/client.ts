import createFetchClient, { type Client } from 'openapi-fetch';
import { ProblemError, unwrap, type Answer } from './errors.js';
import { sendWithRetries, type RetryOptions } from './repeat.js';
import type { paths } from './schema.js';
import type { Order, PlaceOrder, Refund, RefundOrder } from './types.js';

export interface ClientOptions {
  /** Absolute, with the prefix of the routes, such as `https://shop.example.com/api/v1`. */
  baseUrl: string;
  /** An access token, or a function that returns a valid one, such as `token` of a session. */
  token?: string | (() => string | Promise<string>);
}

export interface KeyOptions extends RetryOptions {
  /** The idempotency key; by default a new one. A stored one continues an earlier call with the same body. */
  key?: string;
}

/** Every route of the API, and the two calls that move money, which repeat themselves safely. */
export interface CoffeeShop extends Client<paths> {
  /**
   * Places an order. Charges once, however often it tries.
   * @throws ProblemError | NoAnswerError, both with the key, and the reason of the signal
   */
  placeOrder(order: PlaceOrder, options?: KeyOptions): Promise<Order>;

  /**
   * Gives a part of a payment back. Refunds once, however often it tries.
   * @throws ProblemError | NoAnswerError, both with the key, and the reason of the signal
   */
  refundOrder(orderId: string, refund: RefundOrder, options?: KeyOptions): Promise<Refund>;
}

/** @throws TypeError if the base URL is not absolute */
export function createClient({ baseUrl, token }: ClientOptions): CoffeeShop {
  const client = createFetchClient<paths>({ baseUrl: new URL(baseUrl).href });
  if (token !== undefined) {
    client.use({
      async onRequest({ request }) {
        const bearer = typeof token === 'string' ? token : await token();
        request.headers.set('Authorization', `Bearer ${bearer}`);
      },
    });
  }
  return {
    ...client,
    placeOrder: (body, options) =>
      sendWithKey(options, (header, signal) => client.POST('/orders', { params: { header }, body, signal })),
    refundOrder: (id, body, options) =>
      sendWithKey(options, (header, signal) =>
        client.POST('/orders/{id}/refunds', { params: { path: { id }, header }, body, signal }),
      ),
  };
}

/** Makes the key before the first try, so that every try has the same one. */
async function sendWithKey<A extends Answer>(
  { key = createKey(), ...options }: KeyOptions = {},
  send: (header: { 'Idempotency-Key': string }, signal: AbortSignal) => Promise<A>,
) {
  try {
    return await unwrap(
      sendWithRetries((signal) => send({ 'Idempotency-Key': key }, signal), options, key),
      key,
    );
  } catch (error) {
    const isOfToken = error instanceof ProblemError && error.key === undefined;
    throw isOfToken ? error.forCallWith(key) : error;
  }
}

/** Returns a new idempotency key. Browsers have `randomUUID` only on https and localhost. */
export function createKey(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
