export { createClient, createKey, type ClientOptions, type CoffeeShop, type KeyOptions } from './client.js';
export { NoAnswerError, ProblemError, unwrap, type Answer } from './errors.js';
export type { RetryOptions } from './repeat.js';
export { logIn, type Login, type Session } from './session.js';

export type { components, operations, paths } from './schema.js';
export type { Order, PlaceOrder, ProblemBody, ProblemCode, Refund, RefundOrder } from './types.js';
