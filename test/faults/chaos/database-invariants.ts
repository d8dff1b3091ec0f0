import { AUDIT_INVARIANTS } from './audit-invariants.js';
import { REFUND_INVARIANTS } from './refund-invariants.js';

const STEPS = `(ARRAY['waiting>preparation', 'preparation>ready', 'ready>delivered'])`;

/** Each query selects the rows that violate the invariant. */
export const DATABASE_INVARIANTS: [message: string, sql: string][] = [
  [
    'I3 a placed placement lacks its order or payment, or their amounts or numbers differ',
    `SELECT p.id FROM order_placements p
      WHERE p.state = 'placed' AND NOT EXISTS (
        SELECT FROM orders o JOIN payments y ON y.order_id = o.id
         WHERE o.id = p.order_id AND y.id = p.payment_id AND o.customer_id = p.customer_id
           AND o.number = p.number AND o.total_cents = p.total_cents AND y.amount_cents = p.total_cents
           AND o.total_cents = (SELECT sum(i.line_total_cents) FROM order_items i WHERE i.order_id = o.id))`,
  ],
  [
    'I3 an order has no placed placement',
    `SELECT o.id FROM orders o LEFT JOIN order_placements p ON p.order_id = o.id AND p.state = 'placed' WHERE p.id IS NULL`,
  ],
  [
    'I4 a purchase has two orders',
    `SELECT metadata->>'purchase' AS purchase FROM orders GROUP BY 1 HAVING count(*) > 1`,
  ],
  ['I12 a placement is still charging', `SELECT id FROM order_placements WHERE state = 'charging'`],
  ['I12 a notification is still pending', `SELECT id FROM notifications WHERE state = 'pending'`],
  [
    'I8 the transitions of an order do not lead to its status',
    `SELECT o.id FROM orders o
       LEFT JOIN LATERAL (SELECT array_agg(t.from_status || '>' || t.to_status ORDER BY t.to_status) AS steps
                            FROM order_status_transitions t WHERE t.order_id = o.id) s ON true
      WHERE coalesce(s.steps, '{}') <>
            CASE o.status
              WHEN 'cancelled' THEN array_append(${STEPS}[1:cardinality(s.steps) - 1],
                (enum_range(NULL::order_status))[cardinality(s.steps)]::text || '>cancelled')
              ELSE ${STEPS}[1:array_position(enum_range(NULL::order_status), o.status) - 1]
            END`,
  ],
  [
    'I9 a status change has no notification, or a notification has no status change',
    `SELECT t.order_id
       FROM order_status_transitions t
       FULL JOIN (SELECT * FROM notifications WHERE status <> 'waiting') n ON n.order_id = t.order_id AND n.status = t.to_status
      WHERE t.order_id IS NULL OR n.id IS NULL`,
  ],
  [
    'I9 an order was placed without a notification, although another had one',
    `SELECT o.id FROM orders o
      WHERE EXISTS (SELECT FROM notifications WHERE status = 'waiting')
        AND (SELECT array_agg(n.sequence) FROM notifications n WHERE n.order_id = o.id AND n.status = 'waiting') IS DISTINCT FROM '{1}'`,
  ],
  [
    'I9 a delivered notification has no 2xx status code',
    `SELECT n.id FROM notifications n
      WHERE n.state = 'delivered' AND n.response_status_code NOT BETWEEN 200 AND 299`,
  ],
  ...REFUND_INVARIANTS,
  ...AUDIT_INVARIANTS,
];
