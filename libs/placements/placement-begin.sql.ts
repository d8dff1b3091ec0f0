import { preparedStatement, type PreparedStatement } from '#database';
import { OPEN, SETTLE_APPROVED } from './placement-transitions.sql.js';

/** The statements of placement-transitions.repository.ts that write a placement and claim its key. */

/** As an interval of SQL. */
export const KEY_LIFETIME = `interval '24 hours'`;

/**
 * Writes nothing, and takes no number, if `source` has no row. If the first run's result is lost with its connection, a second
 * run finds its own row with its number and renews its lease. It finds nothing if the recovery has taken the row meanwhile.
 */
function insertPlacement(source = ''): string {
  return `
  INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, traceparent, state,
                                lease_expires_at, number)
  SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::int, $6::json, $7, $8, 'charging', now() + make_interval(secs => $9 / 1000.0),
         nextval('order_numbers') ${source}
  ON CONFLICT (id) DO UPDATE SET lease_expires_at = excluded.lease_expires_at
   WHERE order_placements.state = 'charging' AND order_placements.attempt = 1
  RETURNING number`;
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
    SELECT $4::uuid, $10::bytea, $11::bytea, $1::uuid, now() + ${KEY_LIFETIME} ${source}
    ${CLAIM_UNLESS_HELD}
    RETURNING 1`;
}

/** At most as many orders as the parameter `limit` are open. The function holds a lock until this statement has committed. */
function beginIfRoom(limit: string, begin: string): string {
  return `
  WITH room AS MATERIALIZED (SELECT shop_has_room(${limit}, $1::uuid) AS ok), ${begin}
  SELECT number, ok AS "hasRoom" FROM room LEFT JOIN begun ON true`;
}
const IF_ROOM = 'FROM room WHERE ok';

const BEGIN = preparedStatement('placements.begin', insertPlacement());

const BEGIN_WITH_KEY = preparedStatement(
  'placements.begin_with_key',
  `WITH claimed AS (${claimKey()}) ${insertPlacement('FROM claimed')}`,
);

const BEGIN_IF_ROOM = preparedStatement(
  'placements.begin_if_room',
  beginIfRoom('$10', `begun AS (${insertPlacement(IF_ROOM)})`),
);

const BEGIN_WITH_KEY_IF_ROOM = preparedStatement(
  'placements.begin_with_key_if_room',
  beginIfRoom('$12', `claimed AS (${claimKey(IF_ROOM)}), begun AS (${insertPlacement('FROM claimed')})`),
);

/** Returns the statement of begin, with or without a key and a limit of open orders. */
export function beginStatement(hasKey: boolean, hasLimit: boolean): PreparedStatement {
  if (hasLimit) return hasKey ? BEGIN_WITH_KEY_IF_ROOM : BEGIN_IF_ROOM;
  return hasKey ? BEGIN_WITH_KEY : BEGIN;
}

/** A key that another placement has claimed meanwhile stays with that one. $10 is null if the client sent no key. */
export const RESTORE = `
  WITH restored AS (
    INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, traceparent, state,
                                  lease_expires_at, attempt, number)
    VALUES ($1, $2, $3, $4::uuid, $5, $6, $7, $8, 'charging', now() + make_interval(secs => $9 / 1000.0), $12, $13)
    ON CONFLICT (id) DO NOTHING
    RETURNING id)
  INSERT INTO idempotency_keys AS held (user_id, key_hash, fingerprint, placement_id, expires_at)
  SELECT $4::uuid, $10::bytea, $11, id, now() + ${KEY_LIFETIME} FROM restored WHERE $10::bytea IS NOT NULL
  ${CLAIM_UNLESS_HELD}`;

/** The two statements of an order, for the benchmark that runs them without an application. */
export const PLACEMENT_STATEMENTS = { begin: BEGIN.text, settleApproved: SETTLE_APPROVED.text };
