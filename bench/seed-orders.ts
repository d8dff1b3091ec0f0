import { createHash } from 'node:crypto';
import type { Database } from './postgres.js';

/** In a history 1 % of the orders is ready, 1 % in preparation, 1 % waiting, and the rest delivered. */
const HISTORY_STATUS = `
  (CASE n % 100 WHEN 1 THEN 'ready' WHEN 2 THEN 'preparation' WHEN 3 THEN 'waiting' ELSE 'delivered' END)::order_status`;

interface OrderSeed {
  /** Orders of one name are created once per database. */
  name: string;
  orders: number;
  /** Whether statuses vary as in HISTORY_STATUS; otherwise all orders are waiting. */
  history?: boolean;
  /** Whether the orders have placements, which cancellations need. */
  placements?: boolean;
}

/** Inserts paid orders with two lines each, spread over the last hundred days. Returns their ids. */
export async function seedOrders(
  database: Database,
  customerId: string,
  { name, orders, history = false, placements = false }: OrderSeed,
): Promise<string[]> {
  // Sets the version and variant digits of a UUID v4, because some validators check them.
  const idOf = (kind: string): string =>
    `overlay(overlay(md5('${kind} ${name} ' || n) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid`;
  await database.query(
    `WITH past AS (
       SELECT n, ${idOf('order')} AS id, ${history ? HISTORY_STATUS : `'waiting'::order_status`} AS status,
              now() - n * interval '100 days' / ${orders} AS at
         FROM generate_series(1, ${orders}) n WHERE NOT EXISTS (SELECT 1 FROM orders WHERE id = ${idOf('order')})),
     placed AS (
       INSERT INTO orders (id, customer_id, status, total_cents, created_at, updated_at)
       SELECT id, $1, status, 860, at, at FROM past),
     lines AS (
       INSERT INTO order_items (id, order_id, position, product_id, variation_id, product_name, variation_name, quantity,
                                product_base_price_cents, variation_price_change_cents, unit_price_cents, line_total_cents)
       SELECT gen_random_uuid(), past.id, v.position, v.product_id, v.id, 'Latte', 'Vanilla', 1, 400, 30, 430, 430
         FROM past, (SELECT row_number() OVER () - 1 AS position, id, product_id FROM product_variations LIMIT 2) v),
     steps AS (
       INSERT INTO order_status_transitions (order_id, from_status, to_status, changed_by, changed_by_role, changed_at)
       SELECT id, 'waiting', 'preparation', $1, 'manager', at FROM past WHERE status <> 'waiting'),
     charged AS (
       INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, state, request_id, created_at, settled_at)
       SELECT ${idOf('placement')}, id, ${idOf('payment')}, $1, 860, '{}', 'placed', 'seed', at, at FROM past WHERE $2)
     INSERT INTO payments (id, order_id, amount_cents, request_payload, response_payload, response_status_code)
     SELECT ${idOf('payment')}, id, 860, '{"value": 860}', '{"status": "approved"}', 200 FROM past`,
    [customerId, placements],
  );
  return Array.from({ length: orders }, (_, index) => uuidOf(`order ${name} ${index + 1}`));
}

/** Derives the same id as the statement above. */
function uuidOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}
