/** The statements of reconciliation.repository.ts that compare the two sides. Comments here say why. */

const INSERT = 'INSERT INTO findings';

/** Each charge has at most one finding, so that their effects add up to the difference of the totals. */
const CHARGES = `
  ${INSERT}
  SELECT * FROM (
    SELECT CASE
             WHEN h.id IS NULL AND returned.cents >= t.cents THEN 'charge_forgotten_refunded'
             WHEN h.id IS NULL THEN 'charge_forgotten'
             WHEN t.key IS NULL AND (NOT h.is_near OR h.cents = 0) THEN NULL
             WHEN t.key IS NULL AND h.is_charged THEN CASE WHEN h.is_within THEN 'charge_missing' ELSE 'charge_outside_period' END
             WHEN t.key IS NULL AND h.state IN ('charging', 'unknown', 'declined_unconfirmed') THEN 'charge_unanswered'
             WHEN t.key IS NULL THEN NULL
             WHEN t.rows > 1 THEN 'charged_twice'
             WHEN h.state IN ('charging', 'unknown', 'declined_unconfirmed') THEN 'charge_unconfirmed'
             WHEN h.is_charged AND t.cents <> h.cents THEN 'charge_amount_differs'
             WHEN h.state = 'refund_due' AND NOT h.is_given_back THEN 'charge_waits_for_refund'
             WHEN h.is_charged THEN NULL
             WHEN returned.cents >= t.cents THEN 'charge_refused_refunded'
             ELSE 'charge_refused'
           END AS code,
           'charge', coalesce(t.key, h.id::text), NULL, h.order_id, t.line, t.cents, t.time, h.state, h.cents, h.time,
           coalesce(t.cents, 0) - CASE WHEN h.is_charged THEN h.cents ELSE 0 END
      FROM there_charges t
      FULL JOIN here_charges h ON h.id = t.id
      LEFT JOIN there_returned returned ON returned.key = t.key) f
   WHERE code IS NOT NULL`;

/** Each refund has at most one finding, too. */
const REFUNDS = `
  ${INSERT}
  SELECT * FROM (
    SELECT CASE
             WHEN h.id IS NULL AND NOT coalesce(charge.is_charged, refunded.key IS NULL) THEN 'refund_without_order'
             WHEN t.rows > 1 THEN 'refunded_twice'
             WHEN h.id IS NULL THEN 'refund_forgotten'
             WHEN t.key IS NULL AND NOT h.is_near THEN NULL
             WHEN t.key IS NULL AND h.state = 'refunded' THEN CASE WHEN h.is_within THEN 'refund_missing' ELSE 'refund_outside_period' END
             WHEN t.key IS NULL AND h.state = 'rejected' THEN NULL
             WHEN t.key IS NULL THEN 'refund_unanswered'
             WHEN h.state = 'rejected' THEN 'refund_rejected'
             WHEN h.state <> 'refunded' THEN 'refund_unconfirmed'
             WHEN t.charge_id IS DISTINCT FROM h.placement_id THEN 'refund_charge_differs'
             WHEN t.cents <> h.cents THEN 'refund_amount_differs'
           END AS code,
           'refund', coalesce(h.id::text, t.key), coalesce(t.charge_key, h.placement_id::text), coalesce(h.order_id, charge.order_id),
           t.line, t.cents, t.time, h.state, h.cents, h.time,
           coalesce(t.cents, 0) - CASE WHEN h.state = 'refunded' THEN h.cents ELSE 0 END
      FROM there_refunds t
      FULL JOIN here_refunds h ON h.id = t.id
      LEFT JOIN there_charges refunded ON refunded.key = t.charge_key
      LEFT JOIN here_charges charge ON charge.id = t.charge_id) f
   WHERE code IS NOT NULL`;

/** The charge may be older than the statement. */
const EXCESS = `
  ${INSERT}
  SELECT 'refunds_exceed_charge', 'charge', returned.key, NULL, h.order_id,
         returned.line, returned.cents, returned.time, h.state, coalesce(t.cents, h.cents), coalesce(t.time, h.time), NULL
    FROM there_returned returned
    LEFT JOIN there_charges t ON t.key = returned.key
    LEFT JOIN here_charges h ON h.id::text = returned.key
   WHERE returned.cents > coalesce(t.cents, h.cents)`;

const PAYMENTS = `
  ${INSERT}
  SELECT 'payment_differs', 'charge', h.id::text, NULL, h.order_id, NULL, NULL, NULL, h.state, y.amount_cents, h.time, NULL
    FROM here_charges h LEFT JOIN payments y ON y.order_id = h.order_id
   WHERE h.state = 'placed' AND y.amount_cents IS DISTINCT FROM h.cents`;

const ORDERS = `
  ${INSERT}
  SELECT 'order_without_placement', 'charge', o.id::text, NULL, o.id, NULL, NULL, NULL, o.status, o.total_cents, o.created_at, NULL
    FROM orders o
   WHERE o.created_at BETWEEN $1 AND $2
     AND NOT EXISTS (SELECT FROM order_placements p WHERE p.order_id = o.id AND p.state = 'placed')`;

export const COMPARE: readonly { text: string; hasPeriod: boolean }[] = [
  { text: CHARGES, hasPeriod: false },
  { text: REFUNDS, hasPeriod: false },
  { text: EXCESS, hasPeriod: false },
  { text: PAYMENTS, hasPeriod: false },
  { text: ORDERS, hasPeriod: true },
];

const SUM = 'count(*)::int AS count, coalesce(sum(cents), 0) AS cents';

/** The sums are read from the statement's rows and from our tables, not from the findings. */
export const TOTALS = `
  SELECT kind, 'there' AS side, ${SUM} FROM statement_rows GROUP BY kind
  UNION ALL
  SELECT 'charge', 'here', ${SUM}
    FROM here_charges h LEFT JOIN (SELECT id AS there FROM there_charges) t ON there = id
   WHERE is_charged AND cents > 0 AND (is_near OR there IS NOT NULL)
  UNION ALL
  SELECT 'refund', 'here', ${SUM}
    FROM here_refunds h LEFT JOIN (SELECT id AS there FROM there_refunds) t ON there = id
   WHERE state = 'refunded' AND (is_near OR there IS NOT NULL)`;

export const COUNTS = `
  SELECT code, kind, count(*)::int AS count, sum(effect_cents) AS "effectCents" FROM findings GROUP BY code, kind`;

/** In the order of the codes $1. */
export const OPEN_CURSOR = `
  DECLARE found NO SCROLL CURSOR FOR
  SELECT code, kind, key, charge_key AS "chargeKey", order_id AS "orderId", line, there_cents AS "thereCents", there_time AS "thereTime",
         state, here_cents AS "hereCents", here_time AS "hereTime"
    FROM findings ORDER BY array_position($1::text[], code), coalesce(there_time, here_time), key`;

export const FETCH = 'FETCH 1000 FROM found';
