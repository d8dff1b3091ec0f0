import { literals, preparedStatement, selectList, type PreparedStatement } from '#database';
import { providerKeySql } from '#payments';
import { IDLE_STATES, OPEN_STATES } from './refund-state.js';

/**
 * The statements of refunds.repository.ts, which documents what each does. Comments here say why.
 * A refund belongs to a charge, and a charge is a row of order_placements: its reserved cents are all refunds that are not rejected. So
 * a refund and its reservation change in one statement. Each locks the order before its charge, and the charge before its refunds, so
 * that no two can block each other.
 */

const REFUND_COLUMNS = selectList('r', [
  ...['id', 'placementId', 'orderId', 'amountCents', 'reason', 'note', 'state', 'attempts', 'dueAt'],
  ...['uncertainSince', 'responseStatusCode', 'responsePayload', 'failure', 'requestedBy', 'requestedByRole'],
  ...['requestId', 'traceparent', 'keyHash', 'fingerprint', 'createdAt', 'settledAt'],
]);

export const SELECT_REFUND = `SELECT ${REFUND_COLUMNS} FROM refunds r`;

const open = literals(OPEN_STATES);
const idle = literals(IDLE_STATES);

/** Asks for $3 cents of the charge, or for all that is left if $3 is null. Returns no row if there is no such charge. */
function request(name: string, charge: string): PreparedStatement {
  const amount = 'coalesce($3::int, charge.refundable)';
  return preparedStatement(
    name,
    `WITH charge AS (
      SELECT p.id, CASE p.state WHEN 'placed' THEN p.order_id END AS order_id,
             p.total_cents - p.refund_reserved_cents AS refundable
        FROM order_placements p WHERE ${charge} FOR UPDATE),
    reserved AS (
      UPDATE order_placements p SET refund_reserved_cents = p.refund_reserved_cents + ${amount}
        FROM charge WHERE p.id = charge.id AND ${amount} BETWEEN 1 AND charge.refundable
      RETURNING p.id),
    r AS (
      INSERT INTO refunds (id, placement_id, order_id, amount_cents, reason, note,
                           requested_by, requested_by_role, request_id, traceparent, key_hash, fingerprint)
      SELECT $1::uuid, charge.id, charge.order_id, ${amount}, $4::refund_reason, $5, $6::uuid, $7::user_role, $8, $9, $10, $11
        FROM charge JOIN reserved USING (id)
      RETURNING *)
    SELECT charge.refundable AS "refundableCents", ${REFUND_COLUMNS} FROM charge LEFT JOIN r ON true`,
  );
}

/** The foreign key locks the order. It is locked first, because a cancellation locks the order and then the charge. */
export const REQUEST_FOR_ORDER = request(
  'refunds.request_for_order',
  `p.order_id = (SELECT o.id FROM orders o WHERE o.id = $2 FOR KEY SHARE) AND p.state = 'placed'`,
);
export const REQUEST_FOR_PLACEMENT = request('refunds.request_for_placement', 'p.id = $2');

/**
 * Claims up to $1 due refunds for $2 ms. One that may have been sent before is only sent again within $3 ms of that. If its sender is
 * gone, that was before its lease ended.
 */
export const CLAIM = `
  WITH due AS (
    SELECT id FROM refunds
     WHERE state IN (${open}) AND due_at <= now()
       AND (state = 'pending' OR $3 > 0 AND coalesce(uncertain_since, due_at) > now() - make_interval(secs => $3 / 1000.0))
     ORDER BY due_at LIMIT $1
       FOR UPDATE SKIP LOCKED),
  r AS (
    UPDATE refunds r
       SET state = 'sending', attempts = r.attempts + 1, due_at = now() + make_interval(secs => $2 / 1000.0),
           uncertain_since = CASE r.state WHEN 'sending' THEN coalesce(r.uncertain_since, r.due_at) ELSE r.uncertain_since END
      FROM due WHERE r.id = due.id
    RETURNING r.*)
  SELECT ${REFUND_COLUMNS}, ${providerKeySql('p')} AS "chargeKey"
    FROM r JOIN order_placements p ON p.id = r.placement_id`;

/** Of those that CLAIM leaves out: the sender is gone, or the provider may have forgotten the key. */
export const ESCALATE_DUE = `
  WITH due AS (
    SELECT id FROM refunds
     WHERE state IN ('sending', 'unknown') AND due_at <= now()
       AND coalesce(uncertain_since, due_at) <= now() - make_interval(secs => $2 / 1000.0)
     ORDER BY due_at LIMIT $1
       FOR UPDATE SKIP LOCKED)
  UPDATE refunds r
     SET state = 'unknown', due_at = NULL, uncertain_since = coalesce(r.uncertain_since, r.due_at),
         failure = coalesce(r.failure, 'interrupted')
    FROM due WHERE r.id = due.id
  RETURNING r.id`;

/**
 * Settles the refund $1 as $2 if it is in one of the states $3, and if $6 is null or its number of attempts. Returns the former state.
 * The refund is locked after its charge, so that this is the state at that moment. A rejected refund gives its reservation back. A due
 * refund that is paid closes its placement. A manager's decision keeps the provider's last answer.
 */
export const SETTLE = `
  WITH charge AS (
    SELECT p.id FROM refunds r JOIN order_placements p ON p.id = r.placement_id WHERE r.id = $1 FOR UPDATE OF p),
  former AS (
    SELECT r.id, r.state FROM refunds r JOIN charge ON charge.id = r.placement_id
     WHERE r.id = $1 AND ($6::int IS NULL OR r.attempts = $6) FOR UPDATE OF r),
  settled AS (
    UPDATE refunds r
       SET state = $2::refund_state, settled_at = now(), due_at = NULL,
           response_status_code = coalesce($4::int, r.response_status_code), response_payload = coalesce($5::json, r.response_payload),
           failure = CASE WHEN $4::int IS NULL THEN r.failure END
      FROM former
     WHERE r.id = former.id AND former.state = ANY ($3::refund_state[])
    RETURNING r.*),
  freed AS (
    UPDATE order_placements p SET refund_reserved_cents = p.refund_reserved_cents - s.amount_cents
      FROM settled s WHERE p.id = s.placement_id AND s.state = 'rejected'),
  closed AS (
    UPDATE order_placements p SET state = 'declined'
      FROM settled s WHERE p.id = s.placement_id AND s.state = 'refunded' AND p.state = 'refund_due')
  SELECT former.state FROM former JOIN settled USING (id)`;

/**
 * Ends a send of the refund $1 that settled nothing. It is due again after $6 ms, or never if $6 is null. The first failure stays: it
 * says why the money may be back.
 */
export const LEAVE_OPEN = `
  UPDATE refunds
     SET state = $3::refund_state, failure = CASE WHEN uncertain_since IS NULL THEN $4 ELSE failure END,
         response_status_code = coalesce($5, response_status_code),
         due_at = now() + make_interval(secs => $6 / 1000.0),
         uncertain_since = CASE $3::refund_state WHEN 'unknown' THEN coalesce(uncertain_since, now()) END
   WHERE id = $1 AND attempts = $2 AND state = 'sending'
  RETURNING id`;

/**
 * The caller holds the lock of the charge. The refunds are locked before their states are read: a send that ends meanwhile must not leave
 * one pending.
 */
export const WITHDRAW = `
  WITH open AS (
    SELECT id, state FROM refunds WHERE placement_id = $1 AND state IN (${open}) FOR UPDATE),
  withdrawn AS (
    UPDATE refunds r SET state = 'rejected', due_at = NULL, settled_at = now()
      FROM open WHERE r.id = open.id AND open.state IN (${idle})
    RETURNING r.amount_cents),
  freed AS (
    UPDATE order_placements
       SET refund_reserved_cents = refund_reserved_cents - (SELECT coalesce(sum(amount_cents), 0) FROM withdrawn)
     WHERE id = $1)
  SELECT id FROM open WHERE state NOT IN (${idle})`;
