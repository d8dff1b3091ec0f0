import { preparedStatement } from '#database';
import { OPEN, PLACEMENT_COLUMNS } from './placement-transitions.sql.js';

/** The statements of idempotency-keys.repository.ts. */

export const FIND_BY_KEY = preparedStatement(
  'placements.find_by_key',
  `SELECT ${PLACEMENT_COLUMNS}, k.fingerprint, p.state = 'charging' AND p.lease_expires_at > now() AS "isRunning"
     FROM idempotency_keys k JOIN order_placements p ON p.id = k.placement_id
    WHERE k.user_id = $1 AND k.key_hash = $2 AND p.state <> 'unsent' AND (k.expires_at > now() OR p.state IN (${OPEN}))`,
);

/** Keeps the key of an open placement: only the key leads the client back to its attempt. */
export const DELETE_EXPIRED_KEYS = `
  WITH expired AS (
    SELECT k.user_id, k.key_hash FROM idempotency_keys k JOIN order_placements p ON p.id = k.placement_id
     WHERE k.expires_at <= now() AND p.state NOT IN (${OPEN})
     ORDER BY k.expires_at LIMIT $1
       FOR UPDATE OF k SKIP LOCKED),
  deleted AS (
    DELETE FROM idempotency_keys k USING expired e WHERE k.user_id = e.user_id AND k.key_hash = e.key_hash
    RETURNING 1)
  SELECT count(*)::int AS count FROM deleted`;
