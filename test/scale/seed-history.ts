import type { TestDatabase } from '../support/database.js';

/** Tables that grow with every order. */
export const GROWING_TABLES = [
  'orders',
  'order_items',
  'payments',
  'order_status_transitions',
  'audit_log',
  'order_placements',
  'idempotency_keys',
  'notifications',
  'notification_attempts',
  'refunds',
  'sessions',
  'refresh_tokens',
];

/** Returns an id that is ordered by time, as those of `newId` are. */
function idAt(kind: string): string {
  return `(lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n || '${kind}'), 14))::uuid`;
}

/** Inserts $1 orders of customer $2 over the last 100 days, nearly all of them finished, each with two lines. */
const STATEMENTS = [
  `CREATE TABLE past AS
   SELECT n, ${idAt('o')} AS order_id, ${idAt('p')} AS placement_id, at
     FROM generate_series($1, 1, -1) n, LATERAL (SELECT now() - n * interval '100 days' / $1) past (at)`,
  // One in a thousand is unknown; the leases of twenty have just expired.
  `INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, state, lease_expires_at, created_at, settled_at)
   SELECT placement_id, order_id, order_id, $2, 860, '{"items": [], "metadata": null}', 'r',
          (CASE WHEN n <= 20 THEN 'charging' WHEN n % 1000 = 0 THEN 'unknown' WHEN n % 100 = 1 THEN 'declined' ELSE 'placed' END)::placement_state,
          CASE WHEN n <= 20 THEN now() - interval '1 second' END, at, at
     FROM past`,
  // One in fifty was cancelled.
  `INSERT INTO orders (id, customer_id, status, total_cents, number, created_at, updated_at)
   SELECT order_id, $2, (CASE WHEN n < 50 THEN 'waiting' WHEN n % 50 = 0 THEN 'cancelled' ELSE 'delivered' END)::order_status, 860,
          1 + ($1 - n) % 999, at, at
     FROM past`,
  `INSERT INTO order_items (id, order_id, position, product_id, variation_id, product_name, variation_name, quantity,
                            product_base_price_cents, variation_price_change_cents, unit_price_cents, line_total_cents)
   SELECT gen_random_uuid(), order_id, line, v.product_id, v.id, 'Latte', v.name, 1, 400, 30, 430, 430
     FROM past, generate_series(0, 1) line,
          (SELECT row_number() OVER () - 1 AS place, count(*) OVER () AS variations, * FROM product_variations) v
    WHERE v.place = (n + line) % v.variations`,
  `INSERT INTO payments (id, order_id, amount_cents, request_payload, created_at)
   SELECT placement_id, order_id, 860, '{}', at FROM past`,
  `INSERT INTO order_status_transitions (order_id, from_status, to_status, changed_by, changed_by_role, changed_at)
   SELECT order_id, 'waiting', (CASE WHEN n % 50 = 0 THEN 'cancelled' ELSE 'preparation' END)::order_status, $2, 'manager', at
     FROM past`,
  `INSERT INTO audit_log (id, created_at, actor_id, actor_role, action, subject_type, subject_id)
   SELECT order_id, at, $2, 'manager', 'order.status', 'order', order_id FROM past`,
  // One in ten orders has a refund; one in a hundred of these is unknown.
  `INSERT INTO refunds (id, placement_id, order_id, amount_cents, reason, state, due_at, requested_by, requested_by_role, request_id, created_at, settled_at)
   SELECT placement_id, placement_id, order_id, 100, 'quality',
          (CASE WHEN n % 1000 = 0 THEN 'unknown' ELSE 'refunded' END)::refund_state, NULL, $2, 'manager', 'r', at, at
     FROM past WHERE n % 10 = 0`,
  // A tenth has expired; the oldest belong to unknown placements, so the cleanup must skip them.
  `INSERT INTO idempotency_keys (user_id, key_hash, fingerprint, placement_id, expires_at)
   SELECT $2, sha256(n::text::bytea), sha256('x'), placement_id,
          CASE WHEN n % 1000 = 0 THEN now() - interval '50 days' ELSE now() + interval '24 hours' * (0.9 - n::float / $1) END
     FROM past`,
  // One in a hundred is dead, another waits for its retry, 49 are due.
  `INSERT INTO notifications (id, order_id, sequence, status, state, attempts, due_at, created_at)
   SELECT placement_id, order_id, 1, 'preparation',
          (CASE WHEN n % 100 = 0 THEN 'dead' WHEN n % 100 = 1 OR n < 50 THEN 'pending' ELSE 'delivered' END)::notification_state, 1,
          CASE WHEN n < 50 THEN now() ELSE now() + interval '1 hour' END, at
     FROM past`,
  `INSERT INTO notification_attempts (notification_id, attempt, started_at, duration_ms) SELECT placement_id, 1, at, 5 FROM past`,
  // One session in ten orders, with ten refresh tokens; a tenth of the sessions has expired.
  `INSERT INTO sessions (id, user_id, created_at, expires_at)
   SELECT placement_id, $2, at, now() + interval '7 days' * (0.9 - n::float / $1) FROM past WHERE n % 10 = 0`,
  `INSERT INTO refresh_tokens (hash, session_id, created_at, rotated_at)
   SELECT sha256(t.n::text::bytea), s.placement_id, t.at, CASE WHEN t.n % 10 <> 0 THEN t.at END
     FROM past t JOIN past s ON s.n = (t.n + 9) / 10 * 10`,
  'DROP TABLE past',
];

/** Inserts a history of `rows` orders. */
export async function seedHistory(database: TestDatabase, rows: number, customerId: string): Promise<void> {
  for (const statement of STATEMENTS) {
    await database.query(statement.replaceAll('$1', String(rows)).replaceAll('$2', `'${customerId}'`));
  }
  for (const table of GROWING_TABLES) await database.query(`VACUUM (ANALYZE) ${table}`);
}
