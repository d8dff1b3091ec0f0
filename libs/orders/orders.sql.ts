import { preparedStatement, selectList, snakeCase } from '#database';
import { ORDER_LINE_TYPES } from './order-item.entity.js';

/** An order `o` as clients see it, in one row: its lines and its payment are JSON. */
const ORDER_COLUMNS = `
  ${selectList('o', ['id', 'customerId', 'status', 'totalCents', 'metadata', 'createdAt', 'updatedAt'])},
  ${selectList('o', ['number', 'pickupName', 'note'])}, NULL AS cancellation, 0 AS "refundedCents",
  (SELECT json_agg(json_build_object(${jsonMembers('i', Object.keys(ORDER_LINE_TYPES))}) ORDER BY i.position)
     FROM order_items i WHERE i.order_id = o.id) AS items,
  (SELECT json_build_object(${jsonMembers('p', ['id', 'amountCents', 'responseStatusCode'])})
     FROM payments p WHERE p.order_id = o.id) AS payment`;

export const SELECT_ORDER = `SELECT ${ORDER_COLUMNS} FROM orders o`;

/** Finds the order $1 if it belongs to the customer $2 or no customer is given. */
export const FIND_ORDER = preparedStatement(
  'orders.find',
  `${SELECT_ORDER} WHERE o.id = $1 AND ($2::uuid IS NULL OR o.customer_id = $2)`,
);

/** Writes the status $2 and the step from $3 by the user $4. */
export const SAVE_TRANSITION = preparedStatement(
  'orders.save_transition',
  `WITH o AS (
     UPDATE orders SET status = $2, updated_at = now() WHERE id = $1
     RETURNING *),
   step AS (
     INSERT INTO order_status_transitions (order_id, from_status, to_status, changed_by)
     SELECT o.id, $3, o.status, $4 FROM o)
   SELECT ${ORDER_COLUMNS} FROM o`,
);

function jsonMembers(alias: string, properties: readonly string[]): string {
  return properties.map((property) => `'${property}', ${alias}.${snakeCase(property)}`).join(', ');
}
