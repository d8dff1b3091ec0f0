import { insertEntry } from '#audit';
import { literals, preparedStatement, selectList, snakeCase } from '#database';
import { BOARD_SIZE } from './board.js';
import { ORDER_LINE_TYPES } from './order-item.entity.js';
import { OPEN_STATUSES } from './order-status.js';

/** An order `o` as clients see it, in one row: its lines and its payment are JSON. */
function orderColumns(transitions: string): string {
  return `
  ${selectList('o', ['id', 'customerId', 'status', 'totalCents', 'metadata', 'createdAt', 'updatedAt'])},
  ${selectList('o', ['number', 'pickupName', 'note'])},
  (SELECT json_agg(json_build_object(${jsonMembers('i', Object.keys(ORDER_LINE_TYPES))}) ORDER BY i.position)
     FROM order_items i WHERE i.order_id = o.id) AS items,
  (SELECT json_build_object(${jsonMembers('p', ['id', 'amountCents', 'responseStatusCode'])})
     FROM payments p WHERE p.order_id = o.id) AS payment,
  CASE o.status WHEN 'cancelled' THEN (
    SELECT json_build_object('at', t.changed_at, 'reason', t.reason, 'byRole', t.changed_by_role)
      FROM ${transitions} t WHERE t.order_id = o.id AND t.to_status = 'cancelled') END AS cancellation,
  (SELECT coalesce(sum(r.amount_cents), 0)::int
     FROM refunds r WHERE r.order_id = o.id AND r.state = 'refunded') AS "refundedCents"`;
}

export const SELECT_ORDER = `SELECT ${orderColumns('order_status_transitions')} FROM orders o`;

/** Finds the order $1 if it belongs to the customer $2 or no customer is given. */
export const FIND_ORDER = preparedStatement(
  'orders.find',
  `${SELECT_ORDER} WHERE o.id = $1 AND ($2::uuid IS NULL OR o.customer_id = $2)`,
);

/** One more than the board shows, oldest first. */
const OLDEST = `ORDER BY created_at, id LIMIT ${BOARD_SIZE + 1}`;

/**
 * Finds the oldest open orders, one more than the board shows, and the orders $1, which must differ; all in one snapshot. Reads a bounded
 * range of the index for each status, however many orders are open. Reads the columns of an order only if its version is not the one in
 * $2. A version is the transaction that wrote the row, and the sum of the refunds, because nothing else of an order changes.
 */
export const BOARD = preparedStatement(
  'orders.board',
  `WITH oldest AS (${OPEN_STATUSES.map(
    (status) => `(SELECT id, created_at FROM orders WHERE status = ${literals([status])} ${OLDEST})`,
  ).join(' UNION ALL ')}),
   board AS (SELECT id FROM oldest ${OLDEST}),
   found AS (
     SELECT id, true AS on_board FROM board
     UNION ALL
     SELECT id, false FROM unnest($1::uuid[]) AS other (id) WHERE id NOT IN (SELECT id FROM board)),
   entries AS MATERIALIZED (
     SELECT o.id, o.created_at, found.on_board,
            concat(o.xmin, ' ', (SELECT sum(r.amount_cents) FROM refunds r WHERE r.order_id = o.id AND r.state = 'refunded')) AS version
       FROM found JOIN orders o ON o.id = found.id),
   changed AS MATERIALIZED (
     SELECT ${orderColumns('order_status_transitions')}
       FROM entries e JOIN orders o ON o.id = e.id
       LEFT JOIN unnest($1::uuid[], $2::text[]) AS known (id, version) ON known.id = e.id
      WHERE e.version IS DISTINCT FROM known.version)
   SELECT e.id AS "entryId", e.version, e.on_board AS "isOnBoard", changed.*
     FROM entries e LEFT JOIN changed ON changed.id = e.id
    ORDER BY e.created_at, e.id`,
);

/**
 * Writes the status $2, the step from $3 by the user $4 with the role $5, for the reason $6 with the note $7, and the audit entry $8.
 * `now()` would be before the wait for the lock.
 */
export const SAVE_TRANSITION = preparedStatement(
  'orders.save_transition',
  `WITH o AS (
     UPDATE orders SET status = $2, updated_at = clock_timestamp() WHERE id = $1
     RETURNING *),
   step AS (
     INSERT INTO order_status_transitions (order_id, from_status, to_status, changed_at, changed_by, changed_by_role, reason, note)
     SELECT o.id, $3, o.status, o.updated_at, $4, $5, $6, $7 FROM o
     RETURNING *),
   audited AS (${insertEntry('$8')})
   SELECT ${orderColumns('step')} FROM o`,
);

/** The events of the order $1, oldest first, if it belongs to the customer $2 or no customer is given. In one snapshot. */
export const TIMELINE = preparedStatement(
  'orders.timeline',
  `WITH o AS (
     SELECT id, customer_id, created_at FROM orders WHERE id = $1 AND ($2::uuid IS NULL OR customer_id = $2)),
   events AS (
     SELECT o.created_at AS at, 'placed' AS type, NULL::order_status AS status, NULL::int AS "amountCents", u.role AS "byRole"
       FROM o JOIN users u ON u.id = o.customer_id
     UNION ALL
     SELECT t.changed_at, CASE t.to_status WHEN 'cancelled' THEN 'cancelled' ELSE 'status' END,
            CASE WHEN t.to_status <> 'cancelled' THEN t.to_status END, NULL, t.changed_by_role
       FROM o JOIN order_status_transitions t ON t.order_id = o.id
     UNION ALL
     SELECT r.settled_at, 'refund', NULL, r.amount_cents, r.requested_by_role
       FROM o JOIN refunds r ON r.order_id = o.id WHERE r.state = 'refunded')
   SELECT * FROM events ORDER BY at, type <> 'placed', status, type`,
);

function jsonMembers(alias: string, properties: readonly string[]): string {
  return properties.map((property) => `'${property}', ${alias}.${snakeCase(property)}`).join(', ');
}
