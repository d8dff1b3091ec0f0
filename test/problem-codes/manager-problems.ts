import { decline } from '../support/payment-stub.js';
import { call, UNKNOWN_ID, type ProblemCase, type ProblemResponse } from './problem-case.js';
import type { ProblemContext } from './problem-context.js';

const CREATE = 'POST /api/v1/admin/products';
const READ = 'GET /api/v1/admin/products/{id}';
const UPDATE = 'PATCH /api/v1/admin/products/{id}';
const WITHDRAW = 'DELETE /api/v1/admin/products/{id}';
const MARK = 'PUT /api/v1/admin/products/{id}/availability';
const MARK_VARIATION = 'PUT /api/v1/admin/products/{id}/variations/{variation_id}/availability';
const READ_PLACEMENT = 'GET /api/v1/admin/placements/{id}';
const RESOLVE = 'POST /api/v1/admin/placements/{id}/resolve';
const REDRIVE_ALL = 'POST /api/v1/admin/notifications/redrive';
const REDRIVE = 'POST /api/v1/admin/notifications/{id}/redrive';

const MOCHA = { name: 'Mocha', base_price_cents: 430 };
const TAKEN_NAME = { name: 'Espresso' };
const SAME_VARIATIONS = { variations: [{ name: 'Vanilla' }, { name: 'vanilla' }] };
const NEGATIVE_PRICE = { variations: [{ name: 'Vanilla', price_change_cents: -100_000 }] };
const UNKNOWN_VARIATION = { variations: [{ id: UNKNOWN_ID, name: 'Vanilla' }] };
const SOLD_OUT = { sold_out: true };
const STALE = { 'If-Match': '"stale"' };
const RESOLUTION = { outcome: 'not_charged', note: 'seen in the dashboard' };

/** The problems of the managers' operations alone. */
export const MANAGER_PROBLEMS: ProblemCase[] = [
  [CREATE, '422 invalid_request', ({ manager }) => call(manager, CREATE, { body: {} })],
  [CREATE, '409 duplicate_product_name', (context) => create(context, TAKEN_NAME)],
  [CREATE, '409 duplicate_variation_name', (context) => create(context, SAME_VARIATIONS)],
  [CREATE, '422 impossible_unit_price', (context) => create(context, NEGATIVE_PRICE)],
  [READ, '404 product_not_found', ({ manager }) => call(manager, READ)],
  [UPDATE, '404 product_not_found', ({ manager }) => call(manager, UPDATE, { body: {} })],
  [UPDATE, '409 duplicate_product_name', (context) => update(context, TAKEN_NAME)],
  [UPDATE, '409 duplicate_variation_name', (context) => update(context, SAME_VARIATIONS)],
  [UPDATE, '422 impossible_unit_price', (context) => update(context, NEGATIVE_PRICE)],
  [UPDATE, '422 invalid_variation_id', (context) => update(context, UNKNOWN_VARIATION)],
  [UPDATE, '412 precondition_failed', (context) => update(context, {}, STALE)],
  [WITHDRAW, '404 product_not_found', ({ manager }) => call(manager, WITHDRAW)],
  [
    WITHDRAW,
    '412 precondition_failed',
    async (context) => call(context.manager, WITHDRAW, { id: await context.latteId() }).set(STALE),
  ],
  [MARK, '404 product_not_found', ({ manager }) => call(manager, MARK, { body: SOLD_OUT })],
  [
    MARK,
    '412 precondition_failed',
    async (context) =>
      call(context.manager, MARK, { id: await context.latteId(), body: SOLD_OUT }).set(STALE),
  ],
  [
    MARK_VARIATION,
    '404 product_not_found',
    ({ manager }) => call(manager, MARK_VARIATION, { body: SOLD_OUT }),
  ],
  [
    MARK_VARIATION,
    '404 variation_not_found',
    async (context) => call(context.manager, MARK_VARIATION, { id: await context.latteId(), body: SOLD_OUT }),
  ],
  [MARK_VARIATION, '412 precondition_failed', markVariationWithStaleTag],
  [READ_PLACEMENT, '404 placement_not_found', ({ manager }) => call(manager, READ_PLACEMENT)],
  [RESOLVE, '404 placement_not_found', ({ manager }) => call(manager, RESOLVE, { body: RESOLUTION })],
  [RESOLVE, '409 placement_not_resolvable', resolvePlaced],
  [RESOLVE, '409 refund_in_progress', resolveDuringRefund],
  [
    REDRIVE_ALL,
    '422 invalid_request',
    ({ manager }) => call(manager, REDRIVE_ALL, { body: { from: 'noon' } }),
  ],
  [REDRIVE, '404 notification_not_found', ({ manager }) => call(manager, REDRIVE)],
  [REDRIVE, '409 notification_not_dead', redrivePending],
];

function create({ manager }: ProblemContext, changes: object): PromiseLike<ProblemResponse> {
  return call(manager, CREATE, { body: { ...MOCHA, ...changes } });
}

async function update(
  context: ProblemContext,
  body: object,
  headers: Record<string, string> = {},
): Promise<ProblemResponse> {
  return call(context.manager, UPDATE, { id: await context.latteId(), body }).set(headers);
}

async function markVariationWithStaleTag(context: ProblemContext): Promise<ProblemResponse> {
  const [line] = (await context.order()).items;
  const ids = { id: line?.product_id, memberId: line?.variation_id };
  return call(context.manager, MARK_VARIATION, { ...ids, body: SOLD_OUT }).set(STALE);
}

async function resolvePlaced({ customer, manager }: ProblemContext): Promise<ProblemResponse> {
  await customer.placeOrder(['Latte', 'Vanilla']);
  const { body } = await manager.get('/api/v1/admin/placements?state=placed&limit=1').expect(200);
  return call(manager, RESOLVE, { id: body[0].id, body: RESOLUTION });
}

/** Returns the response to a resolution of a placement whose due refund is being sent. */
async function resolveDuringRefund({ app, customer, manager }: ProblemContext): Promise<ProblemResponse> {
  app.payments.once(decline(500));
  await customer.placeWithKey(await customer.orderFor(['Latte', 'Vanilla'])).expect(402);
  const { body } = await manager
    .get('/api/v1/admin/placements?state=declined_unconfirmed&limit=1')
    .expect(200);
  const [{ id }] = body;
  await call(manager, RESOLVE, { id, body: { ...RESOLUTION, outcome: 'charged' } }).expect(200);
  await app.database.query(`UPDATE refunds SET state = 'sending' WHERE placement_id = $1`, [id]);
  return call(manager, RESOLVE, { id, body: RESOLUTION });
}

async function redrivePending({ customer, manager }: ProblemContext): Promise<ProblemResponse> {
  const { id } = await customer.placeOrder(['Latte', 'Vanilla']);
  await manager.changeStatus(id, 'preparation').expect(200);
  const { body } = await manager.get('/api/v1/admin/notifications?state=pending&limit=1').expect(200);
  return call(manager, REDRIVE, { id: body[0].id });
}
