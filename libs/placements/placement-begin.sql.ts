import { preparedStatement, type PreparedStatement } from '#database';
import { providerKeySql } from '#payments';
import { OPEN, PLACEMENT_COLUMNS, SETTLE_APPROVED } from './placement-transitions.sql.js';

/** The statements of placement-transitions.repository.ts that write a placement and claim its key. */

/** As an interval of SQL. */
export const KEY_LIFETIME = `interval '24 hours'`;

/**
 * Writes nothing, and takes no number, if `source` has no row. If the first run's result is lost with its connection, a second
 * run finds its own row with its number and its provider key, and renews its lease. It finds nothing if the recovery has taken the row meanwhile.
 */
function insertPlacement(source = '', providerKey = '$10::uuid'): string {
  return `
  INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, traceparent, state,
                                lease_expires_at, provider_key, number)
  SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::int, $6::json, $7, $8, 'charging', now() + make_interval(secs => $9 / 1000.0),
         ${providerKey}, nextval('order_numbers') ${source}
  ON CONFLICT (id) DO UPDATE SET lease_expires_at = excluded.lease_expires_at
   WHERE order_placements.state = 'charging' AND order_placements.attempt = 1
  RETURNING number, provider_key AS "providerKey"`;
}

/** Claims the key if it is new, free, expired, or this placement's own. The key of an unsent placement is free; that of an open one never expires. */
const CLAIM_UNLESS_HELD = `
    ON CONFLICT (user_id, key_hash) DO UPDATE
       SET fingerprint = excluded.fingerprint, placement_id = excluded.placement_id, created_at = now(), expires_at = excluded.expires_at
     WHERE held.placement_id = excluded.placement_id
        OR EXISTS (SELECT 1 FROM order_placements p
                    WHERE p.id = held.placement_id
                      AND (p.state = 'unsent' OR held.expires_at <= now() AND p.state NOT IN (${OPEN})))`;

function claimKey(source = ''): string {
  return `
    INSERT INTO idempotency_keys AS held (user_id, key_hash, fingerprint, placement_id, expires_at)
    SELECT $4::uuid, $11::bytea, $12::bytea, $1::uuid, now() + ${KEY_LIFETIME} ${source}
    ${CLAIM_UNLESS_HELD}
    RETURNING 1`;
}

/**
 * A key that is used again after its 24 hours needs another charge than before. The derived key is the former one only if the
 * clocks of the processes differ; the placement's id is used then.
 */
function insertKeyedPlacement(): string {
  const isFormerKey = `EXISTS (SELECT FROM idempotency_keys k JOIN order_placements former ON former.id = k.placement_id
                    WHERE k.user_id = $4::uuid AND k.key_hash = $11::bytea AND k.expires_at <= now()
                      AND former.state <> 'unsent' AND former.provider_key = $10::uuid)`;
  return insertPlacement('FROM claimed', `CASE WHEN ${isFormerKey} THEN NULL ELSE $10::uuid END`);
}

/** At most as many orders as the parameter `limit` are open. The function holds a lock until this statement has committed. */
function beginIfRoom(limit: string, begin: string): string {
  return `
  WITH room AS MATERIALIZED (SELECT shop_has_room(${limit}, $1::uuid) AS ok), ${begin}
  SELECT number, "providerKey", ok AS "hasRoom" FROM room LEFT JOIN begun ON true`;
}
const IF_ROOM = 'FROM room WHERE ok';

const BEGIN = preparedStatement('placements.begin', insertPlacement());

const BEGIN_WITH_KEY = preparedStatement(
  'placements.begin_with_key',
  `WITH claimed AS (${claimKey()}) ${insertKeyedPlacement()}`,
);

const BEGIN_IF_ROOM = preparedStatement(
  'placements.begin_if_room',
  beginIfRoom('$11', `begun AS (${insertPlacement(IF_ROOM)})`),
);

const BEGIN_WITH_KEY_IF_ROOM = preparedStatement(
  'placements.begin_with_key_if_room',
  beginIfRoom('$13', `claimed AS (${claimKey(IF_ROOM)}), begun AS (${insertKeyedPlacement()})`),
);

/** Returns the statement of begin, with or without a key and a limit of open orders. */
export function beginStatement(hasKey: boolean, hasLimit: boolean): PreparedStatement {
  if (hasLimit) return hasKey ? BEGIN_WITH_KEY_IF_ROOM : BEGIN_IF_ROOM;
  return hasKey ? BEGIN_WITH_KEY : BEGIN;
}

/**
 * $11 is null if the client sent no key. A key that another placement has claimed meanwhile stays with that one. If both have one
 * provider key and total, and $15 is true, they have one charge: nothing is written, and the other placement is returned. A placement
 * without its key is only written beside one that is visible, so that a claim which commits meanwhile is never overlooked.
 */
export const RESTORE = `
  WITH holder AS (
    SELECT p.* FROM idempotency_keys k JOIN order_placements p ON p.id = k.placement_id
     WHERE k.user_id = $4::uuid AND k.key_hash = $11::bytea AND p.id <> $1::uuid AND p.state <> 'unsent'),
  other AS (
    SELECT * FROM holder h WHERE $15 AND ${providerKeySql('h')} = coalesce($10::uuid, $1::uuid) AND h.total_cents = $5::int),
  claimed AS (
    INSERT INTO idempotency_keys AS held (user_id, key_hash, fingerprint, placement_id, expires_at)
    SELECT $4::uuid, $11::bytea, $12, $1::uuid, now() + ${KEY_LIFETIME} WHERE $11::bytea IS NOT NULL AND NOT EXISTS (SELECT FROM other)
    ${CLAIM_UNLESS_HELD}
    RETURNING 1),
  restored AS (
    INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, traceparent, state,
                                  lease_expires_at, provider_key, attempt, number)
    SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::int, $6::json, $7, $8, 'charging', now() + make_interval(secs => $9 / 1000.0),
           $10::uuid, $13::int, $14::int
     WHERE NOT EXISTS (SELECT FROM other)
       AND ($11::bytea IS NULL OR EXISTS (SELECT FROM claimed) OR EXISTS (SELECT FROM holder))
    ON CONFLICT (id) DO NOTHING
    RETURNING id)
  SELECT ${PLACEMENT_COLUMNS} FROM other p`;

/** The two statements of an order, for the benchmark that runs them without an application. */
export const PLACEMENT_STATEMENTS = { begin: BEGIN.text, settleApproved: SETTLE_APPROVED.text };
