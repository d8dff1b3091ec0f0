import { perWeekday } from '#shop';
import { NEVER_OPEN, NO_HOURS } from '../support/shop-hours.js';
import { call, type ProblemCase, type ProblemResponse } from './problem-case.js';
import type { ProblemContext } from './problem-context.js';

const PLACE = 'POST /api/v1/orders';
const HOURS = 'PUT /api/v1/admin/shop/hours';
const PAUSE = 'PUT /api/v1/admin/shop/pause';
const RESUME = 'DELETE /api/v1/admin/shop/pause';
const LIMITS = 'PUT /api/v1/admin/shop/limits';

const STALE = { 'If-Match': '"stale"' };
const OVERLAPPING = {
  weekly: perWeekday(() => [
    ['18:00', '02:00'],
    ['01:00', '04:00'],
  ]),
};

/** The problems of the shop's settings, and those of orders that come from them. */
export const SHOP_PROBLEMS: ProblemCase[] = [
  [PLACE, '409 shop_closed', (context) => placeWith(context, HOURS, NEVER_OPEN, HOURS, NO_HOURS)],
  [PLACE, '409 ordering_paused', (context) => placeWith(context, PAUSE, {}, RESUME)],
  [PLACE, '409 shop_busy', placeWithoutRoom],
  [HOURS, '422 invalid_request', ({ manager }) => call(manager, HOURS, { body: {} })],
  [HOURS, '422 overlapping_hours', ({ manager }) => call(manager, HOURS, { body: OVERLAPPING })],
  [HOURS, '412 precondition_failed', ({ manager }) => call(manager, HOURS, { body: NO_HOURS }).set(STALE)],
  [PAUSE, '422 invalid_request', ({ manager }) => call(manager, PAUSE, { body: { minutes: 0 } })],
  [PAUSE, '412 precondition_failed', ({ barista }) => call(barista, PAUSE, { body: {} }).set(STALE)],
  [RESUME, '412 precondition_failed', ({ barista }) => call(barista, RESUME).set(STALE)],
  [LIMITS, '422 invalid_request', ({ manager }) => call(manager, LIMITS, { body: {} })],
  [
    LIMITS,
    '412 precondition_failed',
    ({ manager }) => call(manager, LIMITS, { body: { max_open_orders: null } }).set(STALE),
  ],
];

/** Returns the response to an order between two changes of the settings. */
async function placeWith(
  { customer, manager }: ProblemContext,
  change: string,
  body: object,
  undo: string,
  undoBody?: object,
): Promise<ProblemResponse> {
  const order = await customer.orderFor(['Latte', 'Vanilla']);
  await call(manager, change, { body }).expect(200);
  const response = await call(customer, PLACE, { body: order });
  await call(manager, undo, { body: undoBody });
  return response;
}

async function placeWithoutRoom(context: ProblemContext): Promise<ProblemResponse> {
  await context.customer.placeOrder(['Latte', 'Vanilla']);
  return placeWith(context, LIMITS, { max_open_orders: 1 }, LIMITS, { max_open_orders: null });
}
