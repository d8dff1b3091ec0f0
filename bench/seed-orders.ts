import { createHash } from 'node:crypto';
import type { Database } from './postgres.js';

/** One in a hundred is ready, as many are prepared; of the rest nearly all are delivered. */
const STATUS = `(CASE n % 100 WHEN 1 THEN 'ready' WHEN 2 THEN 'preparation' WHEN 3 THEN 'waiting' ELSE 'delivered' END)::order_status`;

/** Orders of two lines as if placed long ago: all waiting, or a `history` of the last hundred days. Those of the same name are made once. */
export async function seedOrders(
  database: Database,
  customerId: string,
  { name, orders, history = false }: { name: string; orders: number; history?: boolean },
): Promise<string[]> {
  // Marked as of version 4 (RFC 9562), since some validators look.
  const idOf = (what: string): string =>
    `overlay(overlay(md5('${what} ${name} ' || n) PLACE_ORDERS '4' FROM 13) PLACE_ORDERS '8' FROM 17)::uuid`;
  await database.query(
    `WITH past AS (
       SELECT n, ${idOf('order')} AS id, ${history ? STATUS : `'waiting'::order_status`} AS status,
              now() - n * interval '100 days' / ${orders} AS at
         FROM generate_series(1, ${orders}) n WHERE NOT EXISTS (SELECT 1 FROM orders WHERE id = ${idOf('order')})),
     placed AS (
       INSERT INTO orders (id, customer_id, status, total_cents, created_at, updated_at)
       SELECT id, $1, status, 860, at, at FROM past),
     lines AS (
       INSERT INTO order_items (id, order_id, position, product_id, variation_id, product_name, variation_name, quantity,
                                product_base_price_cents, variation_price_change_cents, unit_price_cents, line_total_cents)
       SELECT gen_random_uuid(), past.id, v.position, v.product_id, v.id, 'Latte', 'Vanilla', 1, 400, 30, 430, 430
         FROM past, (SELECT row_number() OVER () - 1 AS position, id, product_id FROM product_variations LIMIT 2) v)
     INSERT INTO payments (id, order_id, amount_cents, request_payload, response_payload, response_status_code)
     SELECT ${idOf('payment')}, id, 860, '{"value": 860}', '{"status": "approved"}', 200 FROM past`,
    [customerId],
  );
  return Array.from({ length: orders }, (_, index) => uuidOf(`order ${name} ${index + 1}`));
}

function uuidOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}
