import { pool, withTransaction } from './database.js';
import type { OrderLine, Variation } from './order-lines.js';

const ORDER_COLUMNS = `
  id, customer_id, status, total_cents, metadata, created_at, updated_at, number, pickup_name, note,
  NULL AS cancellation, 0 AS refunded_cents`;

export interface NewOrder {
  id: string;
  customerId: string;
  total: number;
  metadata: object | undefined;
  pickupName: string | undefined;
  note: string | undefined;
  lines: OrderLine[];
  payment: { id: string; request: object; response: string; status: number };
  key: { hash: Buffer; fingerprint: Buffer } | undefined;
}

interface StoredKey {
  order_id: string;
  fingerprint: Buffer;
}

export async function findKey(userId: string, hash: Buffer): Promise<StoredKey | undefined> {
  const { rows } = await pool.query<StoredKey>(
    'SELECT order_id, fingerprint FROM idempotency_keys WHERE user_id = $1 AND key_hash = $2 AND expires_at > now()',
    [userId, hash],
  );
  return rows[0];
}

export async function findVariations(ids: string[]): Promise<Variation[]> {
  const { rows } = await pool.query<Variation>(
    `SELECT v.id, v.product_id, p.name AS product, v.name AS variation, p.base_price_cents AS base, v.price_change_cents AS change
       FROM product_variations v JOIN products p ON p.id = v.product_id
      WHERE v.id = ANY($1) AND v.withdrawn_at IS NULL AND p.withdrawn_at IS NULL`,
    [ids],
  );
  return rows;
}

export async function insertOrder(order: NewOrder): Promise<object> {
  const { id, customerId, total, metadata, pickupName, note, lines, payment, key } = order;
  return withTransaction(async (client) => {
    const { rows } = await client.query<object>(
      `INSERT INTO orders (id, customer_id, status, total_cents, metadata, pickup_name, note)
       VALUES ($1, $2, 'waiting', $3, $4, $5, $6)
       RETURNING ${ORDER_COLUMNS}`,
      [id, customerId, total, metadata, pickupName, note],
    );
    await client.query(
      'INSERT INTO order_items SELECT * FROM json_populate_recordset(NULL::order_items, $1)',
      [JSON.stringify(lines)],
    );
    await client.query(
      `INSERT INTO payments (id, order_id, amount_cents, request_payload, response_payload, response_status_code)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [payment.id, id, total, payment.request, payment.response, payment.status],
    );
    if (key) {
      await client.query(
        `INSERT INTO idempotency_keys (user_id, key_hash, fingerprint, order_id, expires_at)
         VALUES ($1, $2, $3, $4, now() + interval '24 hours')`,
        [customerId, key.hash, key.fingerprint, id],
      );
    }
    return { ...rows[0] };
  });
}

export async function findOrder(id: string, customerId?: string): Promise<object | undefined> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `SELECT o.*, p.id AS payment_id, p.amount_cents, p.response_status_code
       FROM (SELECT ${ORDER_COLUMNS} FROM orders) o JOIN payments p ON p.order_id = o.id
      WHERE o.id = $1 AND ($2::uuid IS NULL OR o.customer_id = $2)`,
    [id, customerId],
  );
  if (!rows[0]) return undefined;
  const { payment_id, amount_cents, response_status_code, ...order } = rows[0];
  const { rows: items } = await pool.query<object>(
    `SELECT id, product_id, variation_id, product_name, variation_name, quantity, product_base_price_cents,
            variation_price_change_cents, unit_price_cents, line_total_cents
       FROM order_items WHERE order_id = $1 ORDER BY position`,
    [id],
  );
  return { ...order, items, payment: { id: payment_id, amount_cents, response_status_code } };
}
