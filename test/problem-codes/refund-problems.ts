import { randomUUID } from 'node:crypto';
import { call, UNKNOWN_ID, type ProblemCase, type ProblemResponse } from './problem-case.js';
import type { ProblemContext } from './problem-context.js';

const CANCEL = 'POST /api/v1/orders/{id}/cancel';
const TIMELINE = 'GET /api/v1/orders/{id}/timeline';
const REQUEST = 'POST /api/v1/orders/{id}/refunds';
const LIST = 'GET /api/v1/orders/{id}/refunds';
const READ = 'GET /api/v1/orders/{id}/refunds/{refund_id}';
const RESOLVE = 'POST /api/v1/admin/refunds/{id}/resolve';

const REFUND = { amount_cents: 100, reason: 'quality' };
const RESOLUTION = { outcome: 'refunded', note: 'seen in the dashboard' };

/** The problems of cancellations and refunds alone. */
export const REFUND_PROBLEMS: ProblemCase[] = [
  [CANCEL, '404 order_not_found', ({ customer }) => call(customer, CANCEL)],
  [CANCEL, '409 order_in_preparation', (context) => cancelAfter(context, 'preparation')],
  [CANCEL, '409 order_delivered', (context) => cancelAfter(context, 'preparation', 'ready', 'delivered')],
  [CANCEL, '412 precondition_failed', cancelStale],
  [TIMELINE, '404 order_not_found', ({ customer }) => call(customer, TIMELINE)],
  [REQUEST, '404 order_not_found', ({ manager }) => call(manager, REQUEST, { body: REFUND })],
  [REQUEST, '409 refund_exceeds_payment', (context) => request(context, { amount_cents: 431 })],
  [REQUEST, '400 invalid_idempotency_key', (context) => request(context, {}, 'x'.repeat(256))],
  [REQUEST, '422 idempotency_key_reused', requestOtherWithSameKey],
  [LIST, '404 order_not_found', ({ customer }) => call(customer, LIST)],
  [READ, '404 order_not_found', ({ customer }) => call(customer, READ)],
  [READ, '404 refund_not_found', readUnknown],
  [RESOLVE, '404 refund_not_found', ({ manager }) => call(manager, RESOLVE, { body: RESOLUTION })],
  [RESOLVE, '409 refund_not_resolvable', resolvePending],
];

async function placeOrder({ customer }: ProblemContext): Promise<string> {
  return (await customer.placeOrder(['Latte', 'Vanilla'])).id;
}

/** Returns the response to the customer's cancellation of an order after these steps. */
async function cancelAfter(context: ProblemContext, ...statuses: string[]): Promise<ProblemResponse> {
  const id = await placeOrder(context);
  for (const status of statuses) await context.manager.changeStatus(id, status).expect(200);
  return call(context.customer, CANCEL, { id });
}

async function cancelStale(context: ProblemContext): Promise<ProblemResponse> {
  return call(context.manager, CANCEL, { id: await placeOrder(context) }).set('If-Match', '"stale"');
}

async function request(
  context: ProblemContext,
  changes: object,
  key: string = randomUUID(),
): Promise<ProblemResponse> {
  const [id, body] = [await placeOrder(context), { ...REFUND, ...changes }];
  return call(context.manager, REQUEST, { id, body }).set('Idempotency-Key', key);
}

async function requestOtherWithSameKey(context: ProblemContext): Promise<ProblemResponse> {
  const key = randomUUID();
  await request(context, {}, key);
  return request(context, {}, key);
}

async function readUnknown(context: ProblemContext): Promise<ProblemResponse> {
  return context.customer.get(`/api/v1/orders/${await placeOrder(context)}/refunds/${UNKNOWN_ID}`);
}

async function resolvePending(context: ProblemContext): Promise<ProblemResponse> {
  const id = await placeOrder(context);
  const { body } = await call(context.manager, REQUEST, { id, body: REFUND }).expect(201);
  return call(context.manager, RESOLVE, { id: body.id, body: RESOLUTION });
}
