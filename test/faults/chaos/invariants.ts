import type { TestDatabase } from '../../support/database.js';
import type { ReceivedNotification } from '../../support/notification-stub.js';
import type { RecordedCharge } from '../../support/payment-stub.js';
import type { Purchase } from './purchase.js';

const FLOW = ['waiting', 'preparation', 'ready', 'delivered'];

/** Everything that three sides know after a storm: the provider's ledger, the tables, and what clients were told. */
export interface Evidence {
  database: TestDatabase;
  charges: readonly RecordedCharge[];
  purchases: readonly Purchase[];
  /** What the notification provider accepted, in its order. */
  notifications: readonly ReceivedNotification[];
  /** Orders that were answered as delivered, ready and so on, by their id. */
  acknowledgedStatuses: ReadonlyMap<string, string>;
  /** What the processes wrote. */
  logs: string;
  /** What must not be found in there. */
  secrets: readonly string[];
}

/** What does not hold after a storm has passed and all is calm; none where all is well. */
export async function violations(evidence: Evidence): Promise<string[]> {
  const found = await Promise.all([
    ...SQL_RULES.map(([rule, sql]) => violatingRows(evidence.database, rule, sql)),
    moneyRules(evidence),
    ...evidence.purchases.map((purchase) => purchaseRules(purchase, evidence.database)),
    notificationRules(evidence),
    statusRules(evidence),
  ]);
  for (const secret of evidence.secrets) {
    if (evidence.logs.includes(secret)) found.push([`I13 the logs hold a secret: ${secret.slice(0, 10)}…`]);
  }
  return found.flat();
}

/** Each selects what breaks the rule. */
const SQL_RULES: [rule: string, sql: string][] = [
  [
    'I3 a placed placement has not exactly one order, payment and sum',
    `SELECT p.id FROM order_placements p
      WHERE p.state = 'placed' AND NOT EXISTS (
        SELECT FROM orders o JOIN payments y ON y.order_id = o.id
         WHERE o.id = p.order_id AND y.id = p.payment_id AND o.customer_id = p.customer_id
           AND o.total_cents = p.total_cents AND y.amount_cents = p.total_cents
           AND o.total_cents = (SELECT sum(i.line_total_cents) FROM order_items i WHERE i.order_id = o.id))`,
  ],
  [
    'I3 an order without a placed placement',
    `SELECT o.id FROM orders o LEFT JOIN order_placements p ON p.order_id = o.id AND p.state = 'placed' WHERE p.id IS NULL`,
  ],
  [
    'I4 two orders of one purchase',
    `SELECT metadata->>'purchase' AS purchase FROM orders GROUP BY 1 HAVING count(*) > 1`,
  ],
  ['I12 a placement is still charging', `SELECT id FROM order_placements WHERE state = 'charging'`],
  ['I12 a notification is still to be sent', `SELECT id FROM notifications WHERE state = 'pending'`],
  [
    'I8 the steps of an order are no whole way to its status',
    `SELECT o.id FROM orders o
       LEFT JOIN LATERAL (SELECT array_agg(t.from_status || '>' || t.to_status ORDER BY t.to_status) AS steps
                            FROM order_status_transitions t WHERE t.order_id = o.id) s ON true
      WHERE coalesce(s.steps, '{}') <>
            (ARRAY['waiting>preparation', 'preparation>ready', 'ready>delivered'])[1:array_position(enum_range(NULL::order_status), o.status) - 1]`,
  ],
  [
    'I9 not one notification for each status change',
    `SELECT t.order_id FROM order_status_transitions t FULL JOIN notifications n ON n.order_id = t.order_id AND n.status = t.to_status
      WHERE t.order_id IS NULL OR n.id IS NULL`,
  ],
  [
    'I9 a delivered notification without an accepted attempt',
    `SELECT n.id FROM notifications n
      WHERE n.state = 'delivered' AND n.response_status_code NOT BETWEEN 200 AND 299`,
  ],
];

async function violatingRows(database: TestDatabase, rule: string, sql: string): Promise<string[]> {
  return (await database.query(sql)).map((row) => `${rule}: ${JSON.stringify(row)}`);
}

async function moneyRules({ database, charges }: Evidence): Promise<string[]> {
  const placements = await database.query<{ id: string; state: string; total_cents: number }>(
    'SELECT id, state, total_cents FROM order_placements',
  );
  const broken: string[] = [];
  for (const { id, state, total_cents: total } of placements) {
    const taken = charges.filter(({ key }) => key === id);
    if (taken.length > 1) broken.push(`I1 ${id} was charged ${taken.length} times`);
    if (taken.some(({ amountCents }) => amountCents !== total))
      broken.push(`I3 ${id} was charged another sum`);
    if (state === 'placed' && taken.length === 0) broken.push(`I3 ${id} is an order and was never charged`);
    if (taken.length > 0 && state !== 'placed' && state !== 'refund_due')
      broken.push(`I2 ${id} was charged and is ${state}`);
  }
  const known = new Set(placements.map(({ id }) => id));
  const strays = charges.filter(({ key }) => !known.has(key));
  return [...broken, ...strays.map(({ key }) => `I2 ${key} was charged and nobody knows of it`)];
}

async function purchaseRules(purchase: Purchase, database: TestDatabase): Promise<string[]> {
  const { responses, mark, order, isReplayable } = purchase;
  const broken: string[] = [];
  const placed = responses.filter(({ status }) => status === 200 || status === 201);
  if (responses.filter(({ status }) => status === 201).length > 1)
    broken.push('I4 was told of two new orders');
  if (new Set(placed.map(({ text }) => text)).size > 1) broken.push('I5 was told of its order in two ways');
  if (placed.length > 0 && responses.some(({ status }) => status === 402))
    broken.push('I5 was told of an order and of a decline');
  if (isReplayable && responses.at(-1)?.status !== 200 && responses.at(-1)?.status !== 402)
    broken.push(`I4 ended with ${String(responses.at(-1)?.status)} instead of an order or a decline`);
  for (const { status, code, retryAfter } of responses) {
    if (status === 500) broken.push('I11 was answered with 500');
    if ((status === 503 || code === 'placement_in_progress') && retryAfter === null)
      broken.push(`I11 was answered ${status} without Retry-After`);
  }
  if (order) {
    const read = await purchase.customer.get(`/api/v1/orders/${order.id}`);
    if (read.status !== 200 || read.body.total_cents !== order.total_cents)
      broken.push(`I6 cannot read its order ${order.id}: ${read.status}`);
  }
  if (responses.some(({ code }) => code === 'total_mismatch')) {
    const traces = await database.query(
      `SELECT id FROM order_placements WHERE draft->>'metadata' LIKE '%' || $1 || '%'`,
      [mark],
    );
    if (traces.length > 0) broken.push('I7 was refused and left a trace');
  }
  return broken.map((what) => `${mark} ${what}`);
}

/** The first time that the provider hears of each of an order's steps follows the steps. */
async function notificationRules({ database, notifications }: Evidence): Promise<string[]> {
  const heard = new Map<string, string[]>();
  for (const { headers, body } of notifications) {
    const order = String(headers['x-order-id']);
    const { status } = JSON.parse(body) as { status: string };
    const statuses = heard.get(order) ?? [];
    if (!statuses.includes(status)) heard.set(order, [...statuses, status]);
  }
  const delivered = await database.query<{ order_id: string; statuses: string[] }>(
    `SELECT order_id, array_agg(status::text ORDER BY sequence) AS statuses FROM notifications WHERE state = 'delivered' GROUP BY 1`,
  );
  return delivered
    .filter(({ order_id: id, statuses }) => heard.get(id)?.join() !== statuses.join())
    .map(
      ({ order_id: id, statuses }) =>
        `I9 of order ${id} ${statuses.join()} was told as ${heard.get(id)?.join() ?? 'nothing'}`,
    );
}

/** A status that a manager was told of is never lost. */
async function statusRules({ database, acknowledgedStatuses }: Evidence): Promise<string[]> {
  const orders = await database.query<{ id: string; status: string }>('SELECT id, status FROM orders');
  return orders
    .filter(
      ({ id, status }) => FLOW.indexOf(status) < FLOW.indexOf(acknowledgedStatuses.get(id) ?? 'waiting'),
    )
    .map(
      ({ id, status }) =>
        `I8 order ${id} was told to be ${acknowledgedStatuses.get(id) ?? ''} and is ${status}`,
    );
}
