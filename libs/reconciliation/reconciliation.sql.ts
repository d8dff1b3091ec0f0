/**
 * The statements of reconciliation.repository.ts that prepare the comparison in temporary tables: the provider's movements in
 * statement_rows, provider_charges and provider_refunds, ours in stored_charges and stored_refunds. Comments here say why.
 */

export const CREATE_TABLES = [
  `CREATE TEMPORARY TABLE statement_rows (
     line int NOT NULL, kind text NOT NULL, key text NOT NULL, cents bigint NOT NULL, time timestamptz NOT NULL, charge_key text
   ) ON COMMIT DROP`,
  `CREATE TEMPORARY TABLE findings (
     code text NOT NULL, kind text NOT NULL, key text NOT NULL, charge_key text, order_id uuid,
     line int, provider_cents bigint, provider_time timestamptz, state text, stored_cents bigint, stored_time timestamptz, effect_cents bigint
   ) ON COMMIT DROP`,
];

export const ADD_ROWS = `
  INSERT INTO statement_rows
  SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::text[])`;

export const PERIOD = 'SELECT min(time) AS "from", max(time) AS "to" FROM statement_rows';

/** A key that is no id is none of ours. */
function idOf(key: string): string {
  return `CASE WHEN ${key} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN ${key}::uuid END`;
}

const ROWS_OF_KEY = 'count(*) AS rows, sum(cents)::bigint AS cents, min(time) AS time, min(line) AS line';

const PROVIDER_CHARGES = `
  CREATE TEMPORARY TABLE provider_charges ON COMMIT DROP AS
  SELECT key, ${idOf('key')} AS id, ${ROWS_OF_KEY} FROM statement_rows WHERE kind = 'charge' GROUP BY key`;

const PROVIDER_REFUNDS = `
  CREATE TEMPORARY TABLE provider_refunds ON COMMIT DROP AS
  SELECT key, ${idOf('key')} AS id, min(charge_key) AS charge_key, ${idOf('min(charge_key)')} AS charge_id, ${ROWS_OF_KEY}
    FROM statement_rows WHERE kind = 'refund' GROUP BY key`;

const PROVIDER_REFUNDS_BY_CHARGE = `
  CREATE TEMPORARY TABLE provider_refunds_by_charge ON COMMIT DROP AS
  SELECT charge_key AS key, ${ROWS_OF_KEY} FROM statement_rows WHERE kind = 'refund' GROUP BY charge_key`;

const [FROM, TO] = [`$1::timestamptz`, `$2::timestamptz`];
/** How much the clocks of the provider and of the database may differ. */
const MARGIN = `interval '5 minutes'`;

function isInPeriod(time: string): string {
  return `${time} BETWEEN ${FROM} AND ${TO}`;
}

/** What was sent at some time between its creation and its settlement is in the statement for certain only if both are. */
function isInside(alias: string): string {
  return `${alias}.created_at >= ${FROM} + ${MARGIN} AND coalesce(${alias}.settled_at, ${alias}.created_at) <= ${TO} - ${MARGIN}`;
}

/**
 * A charge belongs to the period if it may have been sent in it, or if a manager's decision about it was made in it: nobody else would
 * notice a wrong one. An order is created when its placement is settled. A refused charge whose refund is not rejected was charged, too.
 */
const STORED_CHARGES = `
  CREATE TEMPORARY TABLE stored_charges ON COMMIT DROP AS
  WITH found AS (
    SELECT id, false AS is_in_period FROM provider_charges WHERE id IS NOT NULL
    UNION ALL SELECT charge_id, false FROM provider_refunds WHERE charge_id IS NOT NULL
    UNION ALL SELECT p.id, true FROM order_placements p WHERE ${isInPeriod('p.created_at')}
    UNION ALL SELECT p.id, true FROM orders o JOIN order_placements p ON p.order_id = o.id WHERE ${isInPeriod('o.created_at')}
    UNION ALL SELECT x.placement_id, true FROM placement_resolutions x WHERE ${isInPeriod('x.resolved_at')})
  SELECT p.id, p.order_id, p.state, p.total_cents AS cents, coalesce(p.settled_at, p.created_at) AS time,
         p.refund_reserved_cents = p.total_cents AS is_fully_reserved,
         p.state IN ('placed', 'refund_due') OR p.refund_reserved_cents > 0 AS is_charged,
         f.is_in_period, ${isInside('p')} AS is_inside
    FROM (SELECT id, bool_or(is_in_period) AS is_in_period FROM found GROUP BY id) f
    JOIN order_placements p ON p.id = f.id`;

const STORED_REFUNDS = `
  CREATE TEMPORARY TABLE stored_refunds ON COMMIT DROP AS
  WITH found AS (
    SELECT id, false AS is_in_period FROM provider_refunds WHERE id IS NOT NULL
    UNION ALL SELECT r.id, false FROM refunds r WHERE r.placement_id IN (SELECT charge_id FROM provider_refunds)
    UNION ALL SELECT r.id, true FROM refunds r WHERE ${isInPeriod('r.created_at')}
    UNION ALL SELECT r.id, true FROM refunds r WHERE r.state = 'refunded' AND ${isInPeriod('r.settled_at')})
  SELECT r.id, r.placement_id, r.order_id, r.state, r.amount_cents AS cents, coalesce(r.settled_at, r.created_at) AS time,
         EXISTS (SELECT FROM refund_resolutions x WHERE x.refund_id = r.id AND x.outcome = 'refunded') AS is_manual,
         f.is_in_period, ${isInside('r')} AS is_inside
    FROM (SELECT id, bool_or(is_in_period) AS is_in_period FROM found GROUP BY id) f
    JOIN refunds r ON r.id = f.id`;

/**
 * A refund that a manager made at the provider has no key of ours. It is the one of the same charge and amount that a manager has
 * resolved as refunded; the first in the statement is the first in the database.
 */
const MATCH_MANUAL_REFUNDS = `
  WITH made AS (
    SELECT key, charge_id, cents, row_number() OVER (PARTITION BY charge_id, cents ORDER BY time, key) AS position
      FROM provider_refunds p
     WHERE charge_id IS NOT NULL AND NOT EXISTS (SELECT FROM stored_refunds s WHERE s.id = p.id)),
  resolved AS (
    SELECT id, placement_id AS charge_id, cents, row_number() OVER (PARTITION BY placement_id, cents ORDER BY time, id) AS position
      FROM stored_refunds s
     WHERE is_manual AND NOT EXISTS (SELECT FROM provider_refunds p WHERE p.id = s.id))
  UPDATE provider_refunds p SET id = resolved.id
    FROM made JOIN resolved USING (charge_id, cents, position)
   WHERE p.key = made.key`;

/** In this order, with the period as parameters where a statement has any. */
export const COLLECT: readonly { text: string; hasPeriod: boolean }[] = [
  { text: PROVIDER_CHARGES, hasPeriod: false },
  { text: PROVIDER_REFUNDS, hasPeriod: false },
  { text: PROVIDER_REFUNDS_BY_CHARGE, hasPeriod: false },
  { text: STORED_CHARGES, hasPeriod: true },
  { text: STORED_REFUNDS, hasPeriod: true },
  { text: MATCH_MANUAL_REFUNDS, hasPeriod: false },
  // Without statistics, PostgreSQL would plan for tables that are nearly empty.
  {
    text: 'ANALYZE provider_charges, provider_refunds, provider_refunds_by_charge, stored_charges, stored_refunds',
    hasPeriod: false,
  },
];
