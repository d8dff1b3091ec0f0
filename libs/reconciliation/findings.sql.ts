import { literals } from '#database';
import { UNCONFIRMED_PLACEMENT_STATES } from '#placements';

/** The statements of reconciliation.repository.ts that compare the statement with the database. Comments here say why. */

const INSERT = 'INSERT INTO findings';
const UNCONFIRMED = literals(UNCONFIRMED_PLACEMENT_STATES);

/** Each provider key has at most one finding, so that their effects add up to the difference of the totals. */
const CHARGES = `
  ${INSERT}
  SELECT * FROM (
    SELECT CASE
             WHEN s.key_id IS NULL AND refunded.cents >= p.cents THEN 'charge_forgotten_refunded'
             WHEN s.key_id IS NULL THEN 'charge_forgotten'
             WHEN p.key IS NULL AND (NOT s.is_in_period OR s.cents = 0) THEN NULL
             WHEN p.key IS NULL AND s.is_charged THEN CASE WHEN s.is_inside THEN 'charge_missing' ELSE 'charge_outside_period' END
             WHEN p.key IS NULL AND s.state IN (${UNCONFIRMED}) THEN 'charge_unanswered'
             WHEN p.key IS NULL THEN NULL
             WHEN p.rows > greatest(s.charged, 1) THEN 'charged_twice'
             WHEN p.rows < s.charged THEN 'charge_shared'
             WHEN s.state IN (${UNCONFIRMED}) THEN 'charge_unconfirmed'
             WHEN s.is_charged AND p.cents <> s.cents THEN 'charge_amount_differs'
             WHEN s.state = 'refund_due' AND NOT s.is_fully_reserved THEN 'charge_waits_for_refund'
             WHEN s.is_charged THEN NULL
             WHEN refunded.cents >= p.cents THEN 'charge_refused_refunded'
             ELSE 'charge_refused'
           END AS code,
           'charge', coalesce(p.key, s.key_id::text), NULL, s.id, s.order_id, p.line, p.cents, p.time, s.state, s.cents, s.time,
           coalesce(p.cents, 0) - CASE WHEN s.is_charged THEN s.cents ELSE 0 END
      FROM provider_charges p
      FULL JOIN stored_charges s ON s.key_id = p.key_id
      LEFT JOIN provider_refunds_by_charge refunded ON refunded.key = p.key) f
   WHERE code IS NOT NULL`;

/** Each refund has at most one finding, too. */
const REFUNDS = `
  ${INSERT}
  SELECT * FROM (
    SELECT CASE
             WHEN s.id IS NULL AND NOT coalesce(charge.is_charged, refunded.key IS NULL) THEN 'refund_without_order'
             WHEN p.rows > 1 THEN 'refunded_twice'
             WHEN s.id IS NULL THEN 'refund_forgotten'
             WHEN p.key IS NULL AND NOT s.is_in_period THEN NULL
             WHEN p.key IS NULL AND s.state = 'refunded' THEN CASE WHEN s.is_inside THEN 'refund_missing' ELSE 'refund_outside_period' END
             WHEN p.key IS NULL AND s.state = 'rejected' THEN NULL
             WHEN p.key IS NULL AND s.state = 'pending' THEN 'refund_pending'
             WHEN p.key IS NULL THEN 'refund_unanswered'
             WHEN s.state = 'rejected' THEN 'refund_rejected'
             WHEN s.state <> 'refunded' THEN 'refund_unconfirmed'
             WHEN p.charge_key_id IS DISTINCT FROM s.charge_key_id THEN 'refund_charge_differs'
             WHEN p.cents <> s.cents THEN 'refund_amount_differs'
           END AS code,
           'refund', coalesce(s.id::text, p.key), coalesce(p.charge_key, s.charge_key_id::text), NULL::uuid,
           coalesce(s.order_id, charge.order_id), p.line, p.cents, p.time, s.state, s.cents, s.time,
           coalesce(p.cents, 0) - CASE WHEN s.state = 'refunded' THEN s.cents ELSE 0 END
      FROM provider_refunds p
      FULL JOIN stored_refunds s ON s.id = p.id
      LEFT JOIN provider_charges refunded ON refunded.key = p.charge_key
      LEFT JOIN stored_charges charge ON charge.key_id = p.charge_key_id) f
   WHERE code IS NOT NULL`;

/** The charge may be older than the statement. */
const EXCESS = `
  ${INSERT}
  SELECT 'refunds_exceed_charge', 'charge', refunded.key, NULL, s.id, s.order_id,
         refunded.line, refunded.cents, refunded.time, s.state, coalesce(p.cents, s.cents), coalesce(p.time, s.time), NULL
    FROM provider_refunds_by_charge refunded
    LEFT JOIN provider_charges p ON p.key = refunded.key
    LEFT JOIN stored_charges s ON s.key_id::text = refunded.key
   WHERE refunded.cents > coalesce(p.cents, s.cents)`;

const PAYMENTS = `
  ${INSERT}
  SELECT 'payment_differs', 'charge', s.key_id::text, NULL, s.id, s.order_id, NULL, NULL, NULL, s.state, y.amount_cents, s.time, NULL
    FROM stored_placements s LEFT JOIN payments y ON y.order_id = s.order_id
   WHERE s.state = 'placed' AND y.amount_cents IS DISTINCT FROM s.cents`;

const ORDERS = `
  ${INSERT}
  SELECT 'order_without_placement', 'charge', o.id::text, NULL, NULL, o.id, NULL, NULL, NULL, o.status, o.total_cents, o.created_at, NULL
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
  SELECT kind, 'provider' AS side, ${SUM} FROM statement_rows GROUP BY kind
  UNION ALL
  SELECT 'charge', 'stored', coalesce(sum(charged), 0)::int, coalesce(sum(cents), 0)
    FROM stored_charges s LEFT JOIN (SELECT key_id AS provider_key_id FROM provider_charges) p ON provider_key_id = key_id
   WHERE is_charged AND cents > 0 AND (is_in_period OR provider_key_id IS NOT NULL)
  UNION ALL
  SELECT 'refund', 'stored', ${SUM}
    FROM stored_refunds s LEFT JOIN (SELECT id AS provider_id FROM provider_refunds) p ON provider_id = id
   WHERE state = 'refunded' AND (is_in_period OR provider_id IS NOT NULL)`;

export const COUNTS = `
  SELECT code, kind, count(*)::int AS count, sum(effect_cents) AS "effectCents" FROM findings GROUP BY code, kind`;

/** In the order of the codes $1. */
export const OPEN_CURSOR = `
  DECLARE found NO SCROLL CURSOR FOR
  SELECT code, kind, key, charge_key AS "chargeKey", placement_id AS "placementId", order_id AS "orderId", line,
         provider_cents AS "providerCents", provider_time AS "providerTime",
         state, stored_cents AS "storedCents", stored_time AS "storedTime"
    FROM findings ORDER BY array_position($1::text[], code), coalesce(provider_time, stored_time), key`;

export const FETCH = 'FETCH 1000 FROM found';
