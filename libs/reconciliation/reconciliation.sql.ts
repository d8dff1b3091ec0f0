import { providerKeySql } from '#payments';

/**
 * The statements of reconciliation.repository.ts that prepare the comparison in temporary tables: the provider's movements in
 * statement_rows, provider_charges and provider_refunds, ours in stored_placements, stored_charges and stored_refunds. A key that is a
 * UUID is also there as such, as key_id. Comments here say why.
 */

export const CREATE_TABLES = [
  `CREATE TEMPORARY TABLE statement_rows (
     line int NOT NULL, kind text NOT NULL, key text NOT NULL, cents bigint NOT NULL, time timestamptz NOT NULL, charge_key text
   ) ON COMMIT DROP`,
  `CREATE TEMPORARY TABLE findings (
     code text NOT NULL, kind text NOT NULL, key text NOT NULL, charge_key text, placement_id uuid, order_id uuid,
     line int, provider_cents bigint, provider_time timestamptz, state text, stored_cents bigint, stored_time timestamptz, effect_cents bigint
   ) ON COMMIT DROP`,
];

export const ADD_ROWS = `
  INSERT INTO statement_rows
  SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::text[])`;

export const PERIOD = 'SELECT min(time) AS "from", max(time) AS "to" FROM statement_rows';

/** Any other key is none of ours. */
function uuidOf(key: string): string {
  return `CASE WHEN ${key} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN ${key}::uuid END`;
}

const ROWS_OF_KEY = 'count(*) AS rows, sum(cents)::bigint AS cents, min(time) AS time, min(line) AS line';

const PROVIDER_CHARGES = `
  CREATE TEMPORARY TABLE provider_charges ON COMMIT DROP AS
  SELECT key, ${uuidOf('key')} AS key_id, ${ROWS_OF_KEY} FROM statement_rows WHERE kind = 'charge' GROUP BY key`;

const PROVIDER_REFUNDS = `
  CREATE TEMPORARY TABLE provider_refunds ON COMMIT DROP AS
  SELECT key, ${uuidOf('key')} AS id, min(charge_key) AS charge_key, ${uuidOf('min(charge_key)')} AS charge_key_id, ${ROWS_OF_KEY}
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

const NAMED_KEYS = `
  CREATE TEMPORARY TABLE named_keys ON COMMIT DROP AS
  SELECT key_id FROM provider_charges WHERE key_id IS NOT NULL
  UNION SELECT charge_key_id FROM provider_refunds WHERE charge_key_id IS NOT NULL`;

/** The columns of stored_placements. A refused charge whose refund is not rejected was charged, too. */
function storedPlacements(found: string): string {
  return `
  SELECT p.id, ${providerKeySql('p')} AS key_id, p.order_id, p.state, p.total_cents AS cents, coalesce(p.settled_at, p.created_at) AS time,
         p.refund_reserved_cents = p.total_cents AS is_fully_reserved,
         p.state IN ('placed', 'refund_due') OR p.refund_reserved_cents > 0 AS is_charged,
         f.is_in_period, ${isInside('p')} AS is_inside
    FROM (SELECT id, bool_or(is_in_period) AS is_in_period FROM (${found}) found GROUP BY id) f
    JOIN order_placements p ON p.id = f.id`;
}

/**
 * A placement belongs to the period if its charge may have been sent in it, or if a manager's decision about it was made in it: nobody
 * else would notice a wrong one. An order is created when its placement is settled. Provider keys have no index: those of the statement
 * are looked for among the placements of the period, of a day before it and of its refunds.
 */
const STORED_PLACEMENTS = `
  CREATE TEMPORARY TABLE stored_placements ON COMMIT DROP AS ${storedPlacements(`
    SELECT key_id AS id, false AS is_in_period FROM named_keys
    UNION ALL SELECT p.id, false FROM named_keys n JOIN order_placements p ON p.provider_key = n.key_id
               WHERE p.created_at BETWEEN ${FROM} - interval '1 day' AND ${TO} + ${MARGIN}
    UNION ALL SELECT r.placement_id, false FROM provider_refunds p JOIN refunds r ON r.id = p.id
    UNION ALL SELECT r.placement_id, false FROM refunds r WHERE r.state = 'refunded' AND ${isInPeriod('r.settled_at')}
    UNION ALL SELECT p.id, true FROM order_placements p WHERE ${isInPeriod('p.created_at')}
    UNION ALL SELECT p.id, true FROM orders o JOIN order_placements p ON p.order_id = o.id WHERE ${isInPeriod('o.created_at')}
    UNION ALL SELECT x.placement_id, true FROM placement_resolutions x WHERE ${isInPeriod('x.resolved_at')}`)}`;

/** Of the keys that were not found, those that were derived (version 8). Without any, the one-time condition saves the scan. */
const UNFOUND_KEYS = `
  SELECT n.key_id FROM named_keys n
   WHERE substr(n.key_id::text, 15, 1) = '8' AND NOT EXISTS (SELECT FROM stored_placements s WHERE s.key_id = n.key_id)`;

/** Reads all placements. */
const PLACEMENTS_ELSEWHERE = `
  WITH unfound AS MATERIALIZED (${UNFOUND_KEYS})
  INSERT INTO stored_placements ${storedPlacements(`
    SELECT p.id, false AS is_in_period FROM order_placements p
     WHERE EXISTS (SELECT FROM unfound) AND p.provider_key IN (SELECT key_id FROM unfound)`)}`;

/**
 * The placements of one provider key have one charge: `charged` counts those that should be paid by it, and `cents` are theirs.
 * There is more than one if nothing was sent for the others, or if the database lost the first one (decision 40).
 */
const STORED_CHARGES = `
  CREATE TEMPORARY TABLE stored_charges ON COMMIT DROP AS
  SELECT DISTINCT ON (key_id) key_id, id, order_id, state, time, is_fully_reserved, is_charged, is_in_period, is_inside,
         CASE WHEN is_charged THEN sum(cents) FILTER (WHERE is_charged) OVER same_key ELSE cents END AS cents,
         count(*) FILTER (WHERE is_charged) OVER same_key AS charged
    FROM stored_placements WINDOW same_key AS (PARTITION BY key_id)
   ORDER BY key_id, is_charged DESC, state <> 'unsent' DESC, is_in_period DESC, time, id`;

const STORED_REFUNDS = `
  CREATE TEMPORARY TABLE stored_refunds ON COMMIT DROP AS
  WITH found AS (
    SELECT id, false AS is_in_period FROM provider_refunds WHERE id IS NOT NULL
    UNION ALL SELECT r.id, false FROM provider_refunds p JOIN stored_placements s ON s.key_id = p.charge_key_id
                                      JOIN refunds r ON r.placement_id = s.id
    UNION ALL SELECT r.id, true FROM refunds r WHERE ${isInPeriod('r.created_at')}
    UNION ALL SELECT r.id, true FROM refunds r WHERE r.state = 'refunded' AND ${isInPeriod('r.settled_at')})
  SELECT r.id, ${providerKeySql('p')} AS charge_key_id, r.order_id, r.state, r.amount_cents AS cents,
         coalesce(r.settled_at, r.created_at) AS time,
         EXISTS (SELECT FROM refund_resolutions x WHERE x.refund_id = r.id AND x.outcome = 'refunded') AS is_manual,
         f.is_in_period, ${isInside('r')} AS is_inside
    FROM (SELECT id, bool_or(is_in_period) AS is_in_period FROM found GROUP BY id) f
    JOIN refunds r ON r.id = f.id JOIN order_placements p ON p.id = r.placement_id`;

/**
 * A refund that a manager made at the provider has no key of ours. It is the one of the same charge and amount that a manager has
 * resolved as refunded; the first in the statement is the first in the database.
 */
const MATCH_MANUAL_REFUNDS = `
  WITH made AS (
    SELECT key, charge_key_id, cents, row_number() OVER (PARTITION BY charge_key_id, cents ORDER BY time, key) AS position
      FROM provider_refunds p
     WHERE charge_key_id IS NOT NULL AND NOT EXISTS (SELECT FROM stored_refunds s WHERE s.id = p.id)),
  resolved AS (
    SELECT id, charge_key_id, cents, row_number() OVER (PARTITION BY charge_key_id, cents ORDER BY time, id) AS position
      FROM stored_refunds s
     WHERE is_manual AND NOT EXISTS (SELECT FROM provider_refunds p WHERE p.id = s.id))
  UPDATE provider_refunds p SET id = resolved.id
    FROM made JOIN resolved USING (charge_key_id, cents, position)
   WHERE p.key = made.key`;

/** In this order, with the period as parameters where a statement has any. */
export const COLLECT: readonly { text: string; hasPeriod: boolean }[] = [
  { text: PROVIDER_CHARGES, hasPeriod: false },
  { text: PROVIDER_REFUNDS, hasPeriod: false },
  { text: PROVIDER_REFUNDS_BY_CHARGE, hasPeriod: false },
  { text: NAMED_KEYS, hasPeriod: false },
  { text: STORED_PLACEMENTS, hasPeriod: true },
  { text: PLACEMENTS_ELSEWHERE, hasPeriod: true },
  { text: STORED_CHARGES, hasPeriod: false },
  { text: STORED_REFUNDS, hasPeriod: true },
  { text: MATCH_MANUAL_REFUNDS, hasPeriod: false },
  // Without statistics, PostgreSQL would plan for tables that are nearly empty.
  {
    text: 'ANALYZE provider_charges, provider_refunds, provider_refunds_by_charge, stored_placements, stored_charges, stored_refunds',
    hasPeriod: false,
  },
];
