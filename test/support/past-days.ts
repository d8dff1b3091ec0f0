import { randomBytes, randomUUID } from 'node:crypto';
import { deriveProviderKey } from '#payments';
import type { PlacementState } from '#placements';
import type { RefundReason, RefundState } from '#refunds';
import type { TestDatabase } from './database.js';

interface Line {
  name?: string;
  quantity?: number;
  unitCents?: number;
}

interface PastRefund {
  cents: number;
  at: string;
  reason?: RefundReason;
  state?: RefundState;
}

/** Writes what happened at given times into a seeded database. Times are texts that PostgreSQL reads. */
export class PastDays {
  constructor(private readonly database: TestDatabase) {}

  /** Returns the id of a paid order that was prepared at once. It is also the id of its placement. */
  async order(at: string, lines: Line[] = [{}]): Promise<string> {
    const items = lines.map(({ name = 'Latte', quantity = 1, unitCents = 430 }) => ({
      name,
      quantity,
      unitCents,
    }));
    const total = items.reduce((sum, { quantity, unitCents }) => sum + quantity * unitCents, 0);
    const id = await this.charge(at, 'placed', total);
    await this.database.query(
      `WITH o AS (
         INSERT INTO orders (id, customer_id, status, total_cents, created_at, updated_at)
         SELECT id, customer_id, 'delivered', total_cents, created_at, created_at FROM order_placements WHERE id = $1
         RETURNING *),
       step AS (
         INSERT INTO order_status_transitions (order_id, from_status, to_status, changed_at, changed_by, changed_by_role)
         SELECT id, 'waiting', 'preparation', created_at, customer_id, 'manager' FROM o),
       lines AS (
         INSERT INTO order_items (id, order_id, position, product_id, variation_id, product_name, variation_name, quantity,
                                  product_base_price_cents, variation_price_change_cents, unit_price_cents, line_total_cents)
         SELECT gen_random_uuid(), o.id, i.position, v.product_id, v.id, i.name, 'Vanilla', i.quantity, i."unitCents", 0,
                i."unitCents", i."unitCents" * i.quantity
           FROM o, ROWS FROM (json_to_recordset($2) AS (name text, quantity int, "unitCents" int))
                   WITH ORDINALITY AS i(name, quantity, "unitCents", position),
                (SELECT v.* FROM product_variations v JOIN products p ON p.id = v.product_id
                  WHERE p.name = 'Latte' AND v.name = 'Vanilla') v)
       INSERT INTO payments (id, order_id, amount_cents, request_payload, created_at)
       SELECT id, id, total_cents, '{}', created_at FROM o`,
      [id, JSON.stringify(items)],
    );
    return id;
  }

  /** Writes orders of 430 cents from `from` to `to`, one after each `interval`. */
  async orders(from: string, to: string, interval: string): Promise<void> {
    const times = await this.database.query<{ at: Date }>(
      'SELECT generate_series($1::timestamptz, $2, $3::interval) AS at',
      [from, to, interval],
    );
    for (const { at } of times) await this.order(at.toISOString());
  }

  /** Returns the id of a placement. */
  async charge(at: string, state: PlacementState, cents: number): Promise<string> {
    const id = randomUUID();
    await this.database.query(
      `INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, state, created_at)
       SELECT $1, $1, $1, id, $2, '{"items": [], "metadata": null}', 'past', $3, $4 FROM users WHERE email = 'customer@example.com'`,
      [id, cents, state, at],
    );
    return id;
  }

  /** Stores the key with which a placement was charged, by default a new derived one. Returns it. */
  async setProviderKey(placementId: string, key = newProviderKey()): Promise<string> {
    await this.database.query('UPDATE order_placements SET provider_key = $2 WHERE id = $1', [
      placementId,
      key,
    ]);
    return key;
  }

  /** Writes a refund that was settled at `at`, unless its state is open. Returns its id. */
  async refund(
    placementId: string,
    { cents, at, reason = 'quality', state = 'refunded' }: PastRefund,
  ): Promise<string> {
    const id = randomUUID();
    await this.database.query(
      `INSERT INTO refunds (id, placement_id, order_id, amount_cents, reason, state, due_at, request_id, created_at, settled_at)
       SELECT $6, p.id, o.id, $2, $3, $4::refund_state, NULL, 'past', p.created_at,
              CASE WHEN $4::refund_state IN ('refunded', 'rejected') THEN $5::timestamptz END
         FROM order_placements p LEFT JOIN orders o ON o.id = p.order_id WHERE p.id = $1`,
      [placementId, cents, reason, state, at, id],
    );
    return id;
  }

  async cancel(orderId: string, at: string): Promise<void> {
    await this.database.query(
      `WITH o AS (UPDATE orders SET status = 'cancelled', updated_at = $2 WHERE id = $1 RETURNING *)
       INSERT INTO order_status_transitions (order_id, from_status, to_status, changed_at, changed_by, changed_by_role)
       SELECT id, 'waiting', status, updated_at, customer_id, 'customer' FROM o`,
      [orderId, at],
    );
  }
}

function newProviderKey(): string {
  const request = { userId: randomUUID(), hash: randomBytes(32), fingerprint: randomBytes(32) };
  return deriveProviderKey(request, new Date());
}
