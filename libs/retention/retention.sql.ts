import { literals } from '#database';
import type { NotificationState } from '#notifications';
import { KEY_LIFETIME, type PlacementState } from '#placements';
import type { RefundState } from '#refunds';

/**
 * The statements of retention.repository.ts. Each takes up to $1 rows of a table in the order of their creation, after the position of
 * the clean-up, and moves the position behind them. So no statement reads rows that an earlier one has cleared: they would be the more,
 * the older the shop is. A second worker finds the position locked and does nothing.
 */
interface Walk {
  /** That of the position. */
  name: string;
  table: string;
  /** What `changes` reads of each row `w`, besides its time and id. */
  columns: readonly string[];
  /** The age at which a row's turn comes, as an interval. */
  age: string;
  /** Statements on the rows `w` of the common table expression `walked`. They leave out what waits for somebody's decision. */
  changes: Readonly<Record<string, string>>;
}

function walk({ name, table, columns, age, changes }: Walk): string {
  const steps = Object.entries(changes).map(([step, statement]) => `${step} AS (${statement}),`);
  return `
  WITH position AS MATERIALIZED (
    SELECT created_at, id FROM cleanup_positions WHERE name = '${name}' FOR UPDATE SKIP LOCKED),
  walked AS MATERIALIZED (
    SELECT w.* FROM position, LATERAL (
      SELECT ${['created_at', 'id', ...columns].join(', ')} FROM ${table} t
       WHERE (t.created_at, t.id) > (position.created_at, position.id) AND t.created_at <= now() - (${age})
       ORDER BY t.created_at, t.id LIMIT $1) w),
  ${steps.join('\n  ')}
  moved AS (
    UPDATE cleanup_positions c SET created_at = last.created_at, id = last.id
      FROM (SELECT created_at, id FROM walked ORDER BY created_at DESC, id DESC LIMIT 1) last
     WHERE c.name = '${name}')
  SELECT count(*)::int AS count FROM walked`;
}

/**
 * A placement becomes an order when it is placed, so the order's time is never before that of the key. Once the key has expired, nobody
 * can ask for the first response again, and the order holds the same as the draft. The hour is for servers whose clocks differ: after a
 * failover, now() is the time of another one than that which wrote the order. No index contains the draft, so the update can stay
 * within its page.
 */
export const CLEAR_DRAFTS_OF_ORDERS = walk({
  name: 'order drafts',
  table: 'orders',
  columns: [],
  age: `${KEY_LIFETIME} + interval '1 hour'`,
  changes: {
    cleared: `
      UPDATE order_placements p SET draft = NULL FROM walked w
       WHERE p.order_id = w.id AND p.draft IS NOT NULL`,
  },
});

const DAYS = `$2 * interval '1 day'`;
const SETTLED_PLACEMENTS = literals(['placed', 'declined', 'unsent'] satisfies PlacementState[]);

export const CLEAR_PLACEMENTS = walk({
  name: 'placements',
  table: 'order_placements',
  columns: ['order_id'],
  age: DAYS,
  changes: {
    cleared: `
      UPDATE order_placements p SET draft = NULL, response_payload = NULL FROM walked w
       WHERE p.id = w.id AND p.state IN (${SETTLED_PLACEMENTS}) AND (p.draft IS NOT NULL OR p.response_payload IS NOT NULL)`,
    paid: `
      UPDATE payments y SET response_payload = NULL FROM walked w
       WHERE y.order_id = w.order_id AND y.response_payload IS NOT NULL`,
  },
});

const DELIVERED = literals(['delivered' satisfies NotificationState]);

export const CLEAR_NOTIFICATIONS = walk({
  name: 'notifications',
  table: 'notifications',
  columns: ['state'],
  age: DAYS,
  changes: {
    attempts: `
      DELETE FROM notification_attempts a USING walked w WHERE a.notification_id = w.id AND w.state = ${DELIVERED}`,
    cleared: `
      UPDATE notifications n SET response_payload = NULL FROM walked w
       WHERE n.id = w.id AND n.state = ${DELIVERED} AND n.response_payload IS NOT NULL`,
  },
});

/** The reason of a rejection stays while the charge is still to be refunded. */
export const CLEAR_REFUNDS = walk({
  name: 'refunds',
  table: 'refunds',
  columns: [],
  age: DAYS,
  changes: {
    cleared: `
      UPDATE refunds r SET response_payload = NULL FROM walked w
       WHERE r.id = w.id AND r.state IN (${literals(['refunded', 'rejected'] satisfies RefundState[])}) AND r.response_payload IS NOT NULL
         AND NOT EXISTS (SELECT FROM order_placements p
                          WHERE p.id = r.placement_id AND p.state = ${literals(['refund_due' satisfies PlacementState])})`,
  },
});
