/**
 * The statements of reconciliation.repository.ts that prepare the two sides in temporary tables: the statement's in statement_rows,
 * there_charges and there_refunds, ours in here_charges and here_refunds. Comments here say why.
 */

export const CREATE_TABLES = [
  `CREATE TEMPORARY TABLE statement_rows (
     line int NOT NULL, kind text NOT NULL, key text NOT NULL, cents bigint NOT NULL, time timestamptz NOT NULL, charge_key text
   ) ON COMMIT DROP`,
  `CREATE TEMPORARY TABLE findings (
     code text NOT NULL, kind text NOT NULL, key text NOT NULL, charge_key text, order_id uuid,
     line int, there_cents bigint, there_time timestamptz, state text, here_cents bigint, here_time timestamptz, effect_cents bigint
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

const THERE_CHARGES = `
  CREATE TEMPORARY TABLE there_charges ON COMMIT DROP AS
  SELECT key, ${idOf('key')} AS id, ${ROWS_OF_KEY} FROM statement_rows WHERE kind = 'charge' GROUP BY key`;

const THERE_REFUNDS = `
  CREATE TEMPORARY TABLE there_refunds ON COMMIT DROP AS
  SELECT key, ${idOf('key')} AS id, min(charge_key) AS charge_key, ${idOf('min(charge_key)')} AS charge_id, ${ROWS_OF_KEY}
    FROM statement_rows WHERE kind = 'refund' GROUP BY key`;

/** The refunds of each charge. */
const THERE_RETURNED = `
  CREATE TEMPORARY TABLE there_returned ON COMMIT DROP AS
  SELECT charge_key AS key, ${ROWS_OF_KEY} FROM statement_rows WHERE kind = 'refund' GROUP BY charge_key`;

/** How much the clocks of the two sides may differ. */
const MARGIN = `interval '5 minutes'`;
const [FROM, TO] = [`$1::timestamptz`, `$2::timestamptz`];

function isNear(time: string): string {
  return `${time} BETWEEN ${FROM} - ${MARGIN} AND ${TO} + ${MARGIN}`;
}

/** What was sent at some time between its creation and its settlement is in the statement for certain only if both are. */
function isWithin(alias: string): string {
  return `${alias}.created_at >= ${FROM} + ${MARGIN} AND coalesce(${alias}.settled_at, ${alias}.created_at) <= ${TO} - ${MARGIN}`;
}

/** A refused charge whose refund is not rejected was charged, too. */
const HERE_CHARGES = `
  CREATE TEMPORARY TABLE here_charges ON COMMIT DROP AS
  SELECT p.id, p.order_id, p.state, p.total_cents AS cents, coalesce(p.settled_at, p.created_at) AS time,
         p.refund_reserved_cents = p.total_cents AS is_given_back,
         p.state IN ('placed', 'refund_due') OR p.refund_reserved_cents > 0 AS is_charged,
         ${isNear('p.created_at')} AS is_near, ${isWithin('p')} AS is_within
    FROM order_placements p
   WHERE p.id IN (
     SELECT id FROM there_charges WHERE id IS NOT NULL
     UNION ALL SELECT charge_id FROM there_refunds WHERE charge_id IS NOT NULL
     UNION ALL SELECT n.id FROM order_placements n WHERE ${isNear('n.created_at')})`;

const HERE_REFUNDS = `
  CREATE TEMPORARY TABLE here_refunds ON COMMIT DROP AS
  SELECT r.id, r.placement_id, r.order_id, r.state, r.amount_cents AS cents, coalesce(r.settled_at, r.created_at) AS time,
         EXISTS (SELECT FROM refund_resolutions x WHERE x.refund_id = r.id AND x.outcome = 'refunded') AS is_by_hand,
         ${isNear('r.created_at')} OR ${isNear('coalesce(r.settled_at, r.created_at)')} AS is_near, ${isWithin('r')} AS is_within
    FROM refunds r
   WHERE r.id IN (
     SELECT id FROM there_refunds WHERE id IS NOT NULL
     UNION ALL SELECT s.id FROM refunds s WHERE s.placement_id IN (SELECT charge_id FROM there_refunds)
     UNION ALL SELECT n.id FROM refunds n WHERE ${isNear('n.created_at')}
     UNION ALL SELECT n.id FROM refunds n WHERE n.state = 'refunded' AND ${isNear('n.settled_at')})`;

/**
 * A refund that a manager made at the provider has no key of ours. It is the one of the same charge and amount that a manager has
 * resolved as refunded; the first there is the first here.
 */
const MATCH_REFUNDS_BY_HAND = `
  WITH there AS (
    SELECT key, charge_id, cents, row_number() OVER (PARTITION BY charge_id, cents ORDER BY time, key) AS position
      FROM there_refunds t
     WHERE charge_id IS NOT NULL AND NOT EXISTS (SELECT FROM here_refunds h WHERE h.id = t.id)),
  here AS (
    SELECT id, placement_id AS charge_id, cents, row_number() OVER (PARTITION BY placement_id, cents ORDER BY time, id) AS position
      FROM here_refunds h
     WHERE is_by_hand AND NOT EXISTS (SELECT FROM there_refunds t WHERE t.id = h.id))
  UPDATE there_refunds t SET id = here.id
    FROM there JOIN here USING (charge_id, cents, position)
   WHERE t.key = there.key`;

/** In this order, with the period as parameters where a statement has any. */
export const COLLECT: readonly { text: string; hasPeriod: boolean }[] = [
  { text: THERE_CHARGES, hasPeriod: false },
  { text: THERE_REFUNDS, hasPeriod: false },
  { text: THERE_RETURNED, hasPeriod: false },
  { text: HERE_CHARGES, hasPeriod: true },
  { text: HERE_REFUNDS, hasPeriod: true },
  { text: MATCH_REFUNDS_BY_HAND, hasPeriod: false },
  // Without statistics, PostgreSQL would plan for tables that are nearly empty.
  {
    text: 'ANALYZE there_charges, there_refunds, there_returned, here_charges, here_refunds',
    hasPeriod: false,
  },
];
