import type { TestDatabase } from '../../support/database.js';
import type { ReceivedNotification } from '../../support/notification-stub.js';
import type { RecordedCharge } from '../../support/payment-stub.js';
import { DATABASE_INVARIANTS } from './database-invariants.js';
import type { Purchase } from './purchase.js';
import { refundViolations, type RefundEvidence } from './refund-invariants.js';

const FLOW = ['waiting', 'preparation', 'ready', 'delivered'];

/** The state after a round: tables, the provider's ledger, responses to clients and logs. */
export interface Evidence extends RefundEvidence {
  charges: readonly RecordedCharge[];
  purchases: readonly Purchase[];
  /** All requests to the notification provider in the order of arrival. */
  notifications: readonly ReceivedNotification[];
  /** The last acknowledged status of each order by its id. */
  acknowledgedStatuses: ReadonlyMap<string, string>;
  logs: string;
  /** Texts that the logs must not contain. */
  secrets: readonly string[];
}

/** Returns a message for each violated invariant. The numbers are those of docs/reliability.md. */
export async function violations(evidence: Evidence): Promise<string[]> {
  const found = await Promise.all([
    ...DATABASE_INVARIANTS.map(([message, sql]) => violatingRows(evidence.database, message, sql)),
    chargeInvariants(evidence),
    ...evidence.purchases.map((purchase) => purchaseInvariants(purchase, evidence.database)),
    notificationInvariants(evidence),
    refundViolations(evidence),
    statusInvariants(evidence),
  ]);
  for (const secret of evidence.secrets) {
    if (evidence.logs.includes(secret))
      found.push([`I13 the logs contain a secret: ${secret.slice(0, 10)}…`]);
  }
  return found.flat();
}

async function violatingRows(database: TestDatabase, message: string, sql: string): Promise<string[]> {
  return (await database.query(sql)).map((row) => `${message}: ${JSON.stringify(row)}`);
}

/** Without those that were not sent: the next attempt of a key has the same provider key. */
async function chargeInvariants({ database, charges }: Evidence): Promise<string[]> {
  const placements = await database.query<{
    id: string;
    provider_key: string;
    state: string;
    total_cents: number;
    refunded: number;
  }>(
    `SELECT id, coalesce(provider_key, id) AS provider_key, state, total_cents,
            (SELECT coalesce(sum(amount_cents), 0)::int FROM refunds r WHERE r.placement_id = p.id AND r.state = 'refunded') AS refunded
       FROM order_placements p WHERE state <> 'unsent'`,
  );
  const broken: string[] = [];
  for (const { id, provider_key: providerKey, state, total_cents: total, refunded } of placements) {
    const taken = charges.filter(({ key }) => key === providerKey);
    if (taken.length > 1) broken.push(`I1 ${id} was charged ${taken.length} times`);
    if (taken.some(({ amountCents }) => amountCents !== total))
      broken.push(`I3 ${id} was charged a different amount`);
    if (state === 'placed' && total > 0 && taken.length === 0)
      broken.push(`I3 ${id} has an order and was not charged`);
    if (taken.length > 0 && state !== 'placed' && state !== 'refund_due' && refunded !== total)
      broken.push(`I2 ${id} was charged and its placement is ${state}`);
  }
  const known = new Set(placements.map(({ provider_key: key }) => key));
  const strays = charges.filter(({ key }) => !known.has(key));
  return [...broken, ...strays.map(({ key }) => `I2 ${key} was charged and has no placement`)];
}

async function purchaseInvariants(purchase: Purchase, database: TestDatabase): Promise<string[]> {
  const { responses, id, order, isReplayable } = purchase;
  const broken: string[] = [];
  const placed = responses.filter(({ status }) => status === 200 || status === 201);
  if (responses.filter(({ status }) => status === 201).length > 1) broken.push('I4 got two 201 responses');
  if (new Set(placed.map(({ text }) => text)).size > 1)
    broken.push('I5 got two different responses for its order');
  if (placed.length > 0 && responses.some(({ status }) => status === 402))
    broken.push('I5 got an order and a decline');
  if (isReplayable && responses.at(-1)?.status !== 200 && responses.at(-1)?.status !== 402)
    broken.push(`I4 ended with ${String(responses.at(-1)?.status)} instead of an order or a decline`);
  for (const { status, code, retryAfter } of responses) {
    if (status === 500) broken.push('I11 got a 500 response');
    if ((status === 503 || code === 'placement_in_progress') && retryAfter === null)
      broken.push(`I11 got ${status} without Retry-After`);
  }
  if (order) {
    const read = await purchase.customer.get(`/api/v1/orders/${order.id}`);
    const { total_cents, number } = read.body;
    if (read.status !== 200 || total_cents !== order.total_cents || number !== order.number)
      broken.push(`I6 cannot read its order ${order.id}: ${read.status}`);
  }
  if (responses.some(({ code }) => code === 'total_mismatch')) {
    const traces = await database.query(
      `SELECT id FROM order_placements WHERE draft->>'metadata' LIKE '%' || $1 || '%'`,
      [id],
    );
    if (traces.length > 0) broken.push('I7 was refused and has a placement');
  }
  return broken.map((what) => `${id} ${what}`);
}

/** The first request for each status must arrive in the order of the status changes. */
async function notificationInvariants({ database, notifications }: Evidence): Promise<string[]> {
  const received = new Map<string, string[]>();
  for (const { headers, body } of notifications) {
    const order = String(headers['x-order-id']);
    const { status } = JSON.parse(body) as { status: string };
    const statuses = received.get(order) ?? [];
    if (!statuses.includes(status)) received.set(order, [...statuses, status]);
  }
  const delivered = await database.query<{ order_id: string; statuses: string[] }>(
    `SELECT order_id, array_agg(status::text ORDER BY sequence) AS statuses FROM notifications WHERE state = 'delivered' GROUP BY 1`,
  );
  return delivered
    .filter(({ order_id: id, statuses }) => received.get(id)?.join() !== statuses.join())
    .map(
      ({ order_id: id, statuses }) =>
        `I9 the notifications ${statuses.join()} of order ${id} arrived as ${received.get(id)?.join() ?? 'nothing'}`,
    );
}

/** An acknowledged status change must not be lost. A cancelled order may have been ready. */
async function statusInvariants({ database, acknowledgedStatuses }: Evidence): Promise<string[]> {
  const orders = await database.query<{ id: string; status: string }>('SELECT id, status FROM orders');
  return orders
    .filter(
      ({ id, status }) =>
        FLOW.indexOf(status === 'cancelled' ? 'ready' : status) <
        FLOW.indexOf(acknowledgedStatuses.get(id) ?? 'waiting'),
    )
    .map(
      ({ id, status }) =>
        `I8 order ${id} was acknowledged as ${acknowledgedStatuses.get(id) ?? ''} and is ${status}`,
    );
}
