import { columnList, literals, preparedStatement, selectList } from '#database';
import { ORDER_LINE_TYPES } from '#orders';
import { OPEN_STATES } from './placement-state.js';

/** The statements of placement-transitions.repository.ts, which documents what each does. Comments here say why. */

/** As literals, so that PostgreSQL can use the partial index of open placements. */
export const OPEN = literals(OPEN_STATES);

export const PLACEMENT_COLUMNS = selectList('p', [
  ...[
    'id',
    'orderId',
    'paymentId',
    'customerId',
    'providerKey',
    'totalCents',
    'refundReservedCents',
    'draft',
    'number',
    'state',
    'attempt',
    'leaseExpiresAt',
  ],
  ...[
    'requestId',
    'traceparent',
    'responseStatusCode',
    'responsePayload',
    'failure',
    'createdAt',
    'settledAt',
  ],
]);

export const SELECT_PLACEMENT = `SELECT ${PLACEMENT_COLUMNS} FROM order_placements p`;

const LINE_PROPERTIES = Object.keys(ORDER_LINE_TYPES);
const LINE_ALIASES = LINE_PROPERTIES.map((property) => `"${property}"`).join(', ');
const LINE_VALUES = LINE_PROPERTIES.map((property) => `i."${property}"`).join(', ');
const LINE_RECORD = Object.entries(ORDER_LINE_TYPES)
  .map(([property, type]) => `"${property}" ${type}`)
  .join(', ');

/**
 * Creates the order from the draft, and its first notification with the id $5 unless that is null. A manager brings no answer of the
 * provider, so the reason for its absence stays. The source states are a parameter in every statement that finds its placement by id:
 * with literals, PostgreSQL could search the partial indexes of states and read every row that left them since the last vacuum.
 */
export const SETTLE_APPROVED = preparedStatement(
  'placements.settle_approved',
  `WITH p AS (
    UPDATE order_placements
       SET state = 'placed', response_status_code = $2, response_payload = $3, failure = CASE WHEN $2::int IS NULL THEN failure END,
           lease_expires_at = NULL, settled_at = now()
     WHERE id = $1 AND state = ANY ($4::placement_state[])
    RETURNING *),
  placed AS (
    INSERT INTO orders (id, customer_id, status, total_cents, metadata, number, pickup_name, note, created_at, updated_at)
    SELECT order_id, customer_id, 'waiting', total_cents, (draft->>'metadata')::json, number, draft->>'pickupName', draft->>'note',
           settled_at, settled_at
      FROM p),
  lines AS (
    INSERT INTO order_items (order_id, position, ${columnList(LINE_PROPERTIES)})
    SELECT p.order_id, i.position - 1, ${LINE_VALUES}
      FROM p, ROWS FROM (json_to_recordset(p.draft->'items') AS (${LINE_RECORD}))
           WITH ORDINALITY AS i(${LINE_ALIASES}, position)),
  paid AS (
    INSERT INTO payments (id, order_id, amount_cents, request_payload, response_payload, response_status_code, created_at)
    SELECT payment_id, order_id, total_cents, json_build_object('value', total_cents), response_payload, response_status_code, settled_at
      FROM p),
  notified AS (
    INSERT INTO notifications (id, order_id, sequence, status, request_id, traceparent)
    SELECT $5::uuid, order_id, 1, 'waiting', request_id, traceparent FROM p WHERE $5::uuid IS NOT NULL)
  SELECT settled_at AS "settledAt" FROM p`,
);

export const SETTLE_DECLINED = preparedStatement(
  'placements.settle_declined',
  `UPDATE order_placements
      SET state = $4::placement_state, response_status_code = $2, response_payload = $3, failure = NULL,
          lease_expires_at = NULL, settled_at = now()
    WHERE id = $1 AND state = ANY ($5::placement_state[])
   RETURNING id`,
);

/** The first failure stays: it says why a charge may exist. */
export const MARK_UNKNOWN = `
  UPDATE order_placements
     SET state = 'unknown', failure = coalesce(failure, $3), lease_expires_at = now() + make_interval(secs => $4 / 1000.0)
   WHERE id = $1 AND attempt = $2 AND state = ANY ($5::placement_state[])
  RETURNING id`;

/**
 * Only of the first send: an earlier one may have been charged. An insert also covers a begin that is not committed yet: it waits for
 * that, or keeps its place.
 */
export const MARK_UNSENT = `
  INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, traceparent, state, failure)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'unsent', $9)
  ON CONFLICT (id) DO UPDATE SET state = 'unsent', failure = excluded.failure, lease_expires_at = NULL
   WHERE order_placements.attempt = 1 AND order_placements.state = ANY ($10::placement_state[])
  RETURNING id`;

/** Once: a second record of the same charge must not ask for a second refund. */
export const RECORD_LATE_CHARGE = `
  UPDATE order_placements SET state = 'refund_due', response_status_code = $2, response_payload = $3
   WHERE id = $1 AND state = ANY ($4::placement_state[]) AND NOT EXISTS (SELECT FROM refunds WHERE placement_id = $1)
  RETURNING id`;

/** An unknown placement has no sender, and one that is charging has none after its lease. */
export const RECLAIM = `
  WITH p AS (
    UPDATE order_placements
       SET state = 'charging', attempt = attempt + 1, lease_expires_at = now() + make_interval(secs => $2 / 1000.0)
     WHERE id = $1 AND (state = ANY ($3::placement_state[]) OR state = 'charging' AND lease_expires_at <= now())
    RETURNING *)
  SELECT ${PLACEMENT_COLUMNS} FROM p`;

export const CLAIM_EXPIRED = `
  WITH expired AS (
    SELECT id FROM order_placements
     WHERE state IN (${OPEN}) AND lease_expires_at <= now()
       AND (total_cents = 0 OR $3 > 0 AND created_at > now() - make_interval(secs => $3 / 1000.0))
     ORDER BY lease_expires_at LIMIT $1
       FOR UPDATE SKIP LOCKED),
  p AS (
    UPDATE order_placements p
       SET state = 'charging', attempt = attempt + 1, lease_expires_at = now() + make_interval(secs => $2 / 1000.0)
      FROM expired WHERE p.id = expired.id
    RETURNING p.*)
  SELECT ${PLACEMENT_COLUMNS}, k.key_hash AS "keyHash", k.fingerprint
    FROM p LEFT JOIN idempotency_keys k ON k.placement_id = p.id`;

export const ESCALATE_EXPIRED = `
  WITH expired AS (
    SELECT id FROM order_placements
     WHERE state IN (${OPEN}) AND lease_expires_at <= now()
       AND total_cents > 0 AND created_at <= now() - make_interval(secs => $2 / 1000.0)
     ORDER BY lease_expires_at LIMIT $1
       FOR UPDATE SKIP LOCKED),
  escalated AS (
    UPDATE order_placements p SET state = 'unknown', failure = coalesce(failure, 'interrupted'), lease_expires_at = NULL
      FROM expired WHERE p.id = expired.id
    RETURNING p.id)
  SELECT id FROM escalated`;
