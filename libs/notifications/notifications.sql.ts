import { literals, preparedStatement, selectList } from '#database';
import { sourcesOf } from '#state-machine';
import { NOTIFICATION_STATES, NOTIFICATION_TRANSITIONS, PENDING_STATES } from './notification-state.js';

const NOTIFICATION_COLUMNS = selectList('n', [
  ...['id', 'orderId', 'sequence', 'status', 'state', 'attempts', 'attemptsBeforeRetry', 'dueAt'],
  ...['requestId', 'traceparent', 'responseStatusCode', 'responsePayload', 'deliveredAt', 'createdAt'],
]);

export const SELECT_NOTIFICATION = `SELECT ${NOTIFICATION_COLUMNS} FROM notifications n`;

/** The caller holds the order's row lock, so that no two notifications of an order get the same number. */
export const ENQUEUE = preparedStatement(
  'notifications.enqueue',
  `INSERT INTO notifications (id, order_id, sequence, status, request_id, traceparent)
   SELECT $1::uuid, $2::uuid, coalesce(max(sequence), 0) + 1, $3::order_status, $4, $5 FROM notifications WHERE order_id = $2`,
);

/** A manager's retry starts a new series of attempts. */
const REQUEUED = `state = 'pending', due_at = now(), attempts_before_retry = attempts`;

const CLAIMED = [
  ...['id', 'orderId', 'sequence', 'status', 'attempts', 'attemptsBeforeRetry'],
  ...['requestId', 'traceparent'],
];
const retriable = literals(sourcesOf(NOTIFICATION_TRANSITIONS, 'pending'));
const pending = literals(PENDING_STATES);
const ended = literals(NOTIFICATION_STATES.filter((state) => !PENDING_STATES.includes(state)));

/**
 * Claims up to $1 due notifications for $2 ms, oldest first, none whose order has an earlier pending one.
 * The inner condition lists the other states: with `= 'pending'` PostgreSQL could read the whole partial index of pending rows
 * for each row of a backlog.
 */
export const CLAIM = `
  WITH due AS (
    SELECT n.id FROM notifications n
     WHERE n.state IN (${pending}) AND n.due_at <= now()
       AND NOT EXISTS (SELECT 1 FROM notifications earlier
                        WHERE earlier.order_id = n.order_id AND earlier.sequence < n.sequence AND earlier.state NOT IN (${ended}))
     ORDER BY n.due_at LIMIT $1
       FOR UPDATE SKIP LOCKED),
  claimed AS (
    UPDATE notifications n SET attempts = n.attempts + 1, due_at = now() + make_interval(secs => $2 / 1000.0)
      FROM due WHERE n.id = due.id
    RETURNING n.*)
  SELECT ${selectList('n', CLAIMED)} FROM claimed n`;

/** Stores the attempt in any case. Updates the notification only if it is still in the states $9 and not claimed again. */
export const RECORD = preparedStatement(
  'notifications.record',
  `WITH attempted AS (
     INSERT INTO notification_attempts (notification_id, attempt, started_at, duration_ms, response_status_code, response_payload, error)
     VALUES ($1, $2, now() - make_interval(secs => $3 / 1000.0), $3, $4, $5, $6))
   UPDATE notifications
      SET state = $7::notification_state, response_status_code = $4, response_payload = $5,
          due_at = now() + make_interval(secs => $8 / 1000.0),
          delivered_at = CASE WHEN $7::notification_state = 'delivered' THEN now() END
    WHERE id = $1 AND attempts = $2 AND state = ANY ($9::notification_state[])`,
);

export const REQUEUE = `UPDATE notifications SET ${REQUEUED} WHERE id = $1`;

/**
 * Makes up to $4 dead notifications pending that were created at $3 at the latest, oldest first, beginning after the time $1 and the
 * id $2. Skips those that another manager retries right now.
 */
export const REQUEUE_DEAD = `
  WITH dead AS (
    SELECT id, created_at FROM notifications
     WHERE state IN (${retriable}) AND (created_at, id) > ($1::timestamptz, $2::uuid) AND created_at <= $3::timestamptz
     ORDER BY created_at, id LIMIT $4
       FOR UPDATE SKIP LOCKED),
  requeued AS (
    UPDATE notifications n SET ${REQUEUED} FROM dead WHERE n.id = dead.id)
  SELECT created_at AS "createdAt", id FROM dead ORDER BY created_at, id`;
