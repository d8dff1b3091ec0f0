import { randomUUID } from 'node:crypto';
import { HeldCharge } from '../support/held-charge.js';
import { decline, reset, type PaymentBehaviour } from '../support/payment-stub.js';
import { call, UNKNOWN_ID, type ProblemCase, type ProblemResponse } from './problem-case.js';
import type { ProblemContext } from './problem-context.js';

const PLACE = 'POST /api/v1/orders';
/** Their problems are the same. */
const READS = ['GET /api/v1/orders/{id}', 'GET /api/v1/orders/{id}/stream'];
const CHANGE_STATUS = 'PATCH /api/v1/orders/{id}/status';
const MAX_CENTS = 2_147_483_647;

/** The problems of orders alone. */
export const ORDER_PROBLEMS: ProblemCase[] = [
  [PLACE, '422 invalid_request', (context) => place(context, { items: [] })],
  [
    PLACE,
    '400 invalid_order_line',
    (context) =>
      place(context, { items: [{ product_id: UNKNOWN_ID, variation_id: UNKNOWN_ID, quantity: 1 }] }),
  ],
  [PLACE, '409 sold_out', placeSoldOut],
  [PLACE, '409 total_mismatch', (context) => place(context, { total_cents: 1 })],
  [PLACE, '422 total_too_large', placeTooExpensive],
  [
    PLACE,
    '400 invalid_idempotency_key',
    async (context) => context.customer.placeWithKey(await context.order(), 'x'.repeat(256)),
  ],
  [PLACE, '422 idempotency_key_reused', placeOtherWithSameKey],
  [PLACE, '409 placement_in_progress', placeTwiceAtOnce],
  [PLACE, '402 payment_failed', (context) => placeWhenProvider(context, decline())],
  [PLACE, '503 payment_outcome_unknown', (context) => placeWhenProvider(context, reset)],
  [PLACE, '503 payment_unavailable', placeWithoutProvider],
  [PLACE, '503 too_many_concurrent_orders', placeSixAtOnce],
  ...READS.flatMap((read): ProblemCase[] => [
    [read, '404 order_not_found', ({ customer }) => call(customer, read)],
    [
      read,
      '404 placement_pending',
      async (context) => call(context.customer, read, { id: await placeUnknown(context) }),
    ],
    [
      read,
      '404 placement_declined',
      async (context) => call(context.customer, read, { id: await placeDeclinedLater(context) }),
    ],
  ]),
  [
    CHANGE_STATUS,
    '404 order_not_found',
    ({ manager }) => call(manager, CHANGE_STATUS, { body: { status: 'preparation' } }),
  ],
  [
    CHANGE_STATUS,
    '400 invalid_status',
    ({ manager }) => call(manager, CHANGE_STATUS, { body: { status: 'eaten' } }),
  ],
  [
    CHANGE_STATUS,
    '400 invalid_transition',
    async ({ customer, manager }) => {
      const { id } = await customer.placeOrder(['Latte', 'Vanilla']);
      return manager.changeStatus(id, 'delivered');
    },
  ],
  [
    CHANGE_STATUS,
    '412 precondition_failed',
    async ({ customer, manager }) => {
      const { id } = await customer.placeOrder(['Latte', 'Vanilla']);
      return manager.changeStatus(id, 'preparation').set('If-Match', '"stale"');
    },
  ],
];

async function place(context: ProblemContext, changes: object): Promise<ProblemResponse> {
  return call(context.customer, PLACE, { body: { ...(await context.order()), ...changes } });
}

async function placeTooExpensive({ customer, manager }: ProblemContext): Promise<ProblemResponse> {
  const kopi = { name: 'Kopi Luwak', base_price_cents: MAX_CENTS, variations: [{ name: 'Single' }] };
  await call(manager, 'POST /api/v1/admin/products', { body: kopi }).expect(201);
  return call(customer, PLACE, { body: await customer.orderFor(['Kopi Luwak', 'Single', 2]) });
}

async function placeSoldOut({ barista, customer, manager }: ProblemContext): Promise<ProblemResponse> {
  const scone = { name: 'Scone', base_price_cents: 300 };
  const { body } = await manager.post('/api/v1/admin/products', scone).expect(201);
  await barista.put(`/api/v1/admin/products/${body.id}/availability`, { sold_out: true }).expect(200);
  return call(customer, PLACE, { body: { items: [{ product_id: body.id, quantity: 1 }] } });
}

async function placeOtherWithSameKey({ customer }: ProblemContext): Promise<ProblemResponse> {
  const key = randomUUID();
  await customer.placeWithKey(await customer.orderFor(['Latte', 'Vanilla']), key).expect(201);
  return customer.placeWithKey(await customer.orderFor(['Latte', 'Hazelnut']), key);
}

async function placeTwiceAtOnce(context: ProblemContext): Promise<ProblemResponse> {
  const [order, key, held] = [await context.order(), randomUUID(), new HeldCharge()];
  context.app.payments.once(held.behaviour);
  const first = context.customer.placeWithKey(order, key).then((response) => response);
  await held.arrived;
  const second = await context.customer.placeWithKey(order, key);
  held.release();
  await first;
  return second;
}

/** Returns the response to the sixth order of a customer whose five others are being paid. */
async function placeSixAtOnce(context: ProblemContext): Promise<ProblemResponse> {
  const [order, held] = [await context.order(), Array.from({ length: 5 }, () => new HeldCharge())];
  for (const { behaviour } of held) context.app.payments.once(behaviour);
  const others = held.map(() => call(context.customer, PLACE, { body: order }).then((response) => response));
  await Promise.all(held.map(({ arrived }) => arrived));
  const sixth = await call(context.customer, PLACE, { body: order });
  for (const charge of held) charge.release();
  await Promise.all(others);
  return sixth;
}

function placeWhenProvider(context: ProblemContext, behaviour: PaymentBehaviour): Promise<ProblemResponse> {
  context.app.payments.once(behaviour);
  return place(context, {});
}

/** Returns the id of an order whose payment has an unknown outcome. */
async function placeUnknown(context: ProblemContext): Promise<string> {
  context.app.payments.once(reset);
  return (await call(context.customer, PLACE, { body: await context.order() }).expect(503)).body.order_id;
}

/** Returns the id of such an order after a manager has found no charge. */
async function placeDeclinedLater(context: ProblemContext): Promise<string> {
  const orderId = await placeUnknown(context);
  const { body } = await context.manager.get(`/api/v1/admin/placements?order_id=${orderId}`).expect(200);
  const resolution = { outcome: 'not_charged', note: 'not in the ledger' };
  await context.manager.post(`/api/v1/admin/placements/${body[0].id}/resolve`, resolution).expect(200);
  return orderId;
}

async function placeWithoutProvider(context: ProblemContext): Promise<ProblemResponse> {
  const { payments } = context.app;
  await payments.stop();
  const response = await place(context, {});
  await payments.restart();
  return response;
}
