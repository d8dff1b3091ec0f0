import type { TestDatabase } from '../../support/database.js';
import type { RecordedRefund } from '../../support/refund-stub.js';

/** Each query selects the rows that violate the invariant. */
export const REFUND_INVARIANTS: [message: string, sql: string][] = [
  [
    'R1 the refunds of a charge are not what is reserved',
    `SELECT p.id, p.refund_reserved_cents, p.total_cents FROM order_placements p
      WHERE p.refund_reserved_cents > p.total_cents OR p.refund_reserved_cents <>
            (SELECT coalesce(sum(r.amount_cents), 0) FROM refunds r WHERE r.placement_id = p.id AND r.state <> 'rejected')`,
  ],
  [
    'R3 a cancelled order is not refunded, and its refund is not on the desk',
    `SELECT o.id FROM orders o
      WHERE o.status = 'cancelled'
        AND o.total_cents <> (SELECT coalesce(sum(r.amount_cents), 0) FROM refunds r WHERE r.order_id = o.id AND r.state <> 'rejected')
        AND NOT EXISTS (SELECT FROM refunds r WHERE r.order_id = o.id AND r.state = 'rejected')`,
  ],
  [
    'R4 an order was cancelled and delivered',
    `SELECT order_id FROM order_status_transitions WHERE to_status IN ('cancelled', 'delivered') GROUP BY 1 HAVING count(*) > 1`,
  ],
  [
    'R6 a cancelled order has not one notification of it as its last one',
    `SELECT o.id FROM orders o
      WHERE o.status = 'cancelled'
        AND ARRAY['cancelled'] <> (SELECT array_agg(n.status::text) FROM notifications n
                                    WHERE n.order_id = o.id AND (n.status = 'cancelled' OR n.sequence =
                                          (SELECT max(l.sequence) FROM notifications l WHERE l.order_id = o.id)))`,
  ],
  [
    'I12 a refund is still pending or being sent',
    `SELECT id FROM refunds WHERE state IN ('pending', 'sending')`,
  ],
  [
    'I2 a due refund is missing, or a paid one did not close its placement',
    `SELECT p.id FROM order_placements p
      WHERE p.state = 'refund_due' AND NOT EXISTS (SELECT FROM refunds r WHERE r.placement_id = p.id AND r.state <> 'refunded')`,
  ],
];

/** What was acknowledged to clients, and what the provider did. */
export interface RefundEvidence {
  database: TestDatabase;
  refunds: readonly RecordedRefund[];
  cancelledOrders: ReadonlySet<string>;
  /** The order of each acknowledged refund. */
  acknowledgedRefunds: ReadonlyMap<string, string>;
}

/** Compares the refunds with the provider's ledger and with the responses. After the managers' work no outcome is unknown. */
export async function refundViolations(evidence: RefundEvidence): Promise<string[]> {
  return [...(await ledgerViolations(evidence)), ...(await acknowledgedViolations(evidence))];
}

async function ledgerViolations({ database, refunds: ledger }: RefundEvidence): Promise<string[]> {
  const rows = await database.query<{ id: string; charge_key: string; state: string; amount: number }>(
    `SELECT r.id, coalesce(p.provider_key, p.id) AS charge_key, r.state, r.amount_cents AS amount
       FROM refunds r JOIN order_placements p ON p.id = r.placement_id`,
  );
  const broken: string[] = [];
  for (const { id, charge_key: chargeKey, state, amount } of rows) {
    const paid = ledger.filter(({ key }) => key === id);
    if (paid.length > 1) broken.push(`R2 ${id} was refunded ${paid.length} times`);
    if (paid.some(({ charge, amountCents }) => charge !== chargeKey || amountCents !== amount))
      broken.push(`R5 ${id} was refunded of another charge or with another amount`);
    if (paid.length === 0 && state === 'refunded') broken.push(`R5 ${id} is refunded and was not paid`);
    if (paid.length > 0 && state !== 'refunded') broken.push(`R5 ${id} was paid and is ${state}`);
  }
  const known = new Set(rows.map(({ id }) => id));
  const strays = ledger.filter(({ key }) => !known.has(key));
  return [...broken, ...strays.map(({ key }) => `R5 ${key} was paid and has no record`)];
}

async function acknowledgedViolations(evidence: RefundEvidence): Promise<string[]> {
  const { database, cancelledOrders, acknowledgedRefunds } = evidence;
  const lostCancellations = await database.query<{ id: string }>(
    `SELECT id FROM unnest($1::uuid[]) AS acknowledged(id)
      WHERE NOT EXISTS (SELECT FROM orders o WHERE o.id = acknowledged.id AND o.status = 'cancelled')`,
    [[...cancelledOrders]],
  );
  const lostRefunds = await database.query<{ id: string }>(
    `SELECT id FROM unnest($1::uuid[]) AS acknowledged(id)
      WHERE NOT EXISTS (SELECT FROM refunds r WHERE r.id = acknowledged.id)`,
    [[...acknowledgedRefunds.keys()]],
  );
  return [
    ...lostCancellations.map(({ id }) => `I8 order ${id} was acknowledged as cancelled and is not`),
    ...lostRefunds.map(
      ({ id }) =>
        `I8 refund ${id} of order ${acknowledgedRefunds.get(id) ?? ''} was acknowledged and is lost`,
    ),
  ];
}
