import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Tx } from '#database';
import { Failpoint } from '#config';
import { type PageRequest } from '#database';
import type { OrderSnapshot } from './order-snapshot.js';
import type { OrderStatus } from './order-status.js';
import { Order } from './order.entity.js';
import type { StatusTransition } from './status-transition.entity.js';

/** An order `o` as it is shown, in one statement: its lines and payment as JSON beside it. */
const SHOWN = `
         o.id, o.customer_id AS "customerId", o.status, o.total_cents AS "totalCents", o.metadata,
         o.created_at AS "createdAt", o.updated_at AS "updatedAt",
         (SELECT json_agg(json_build_object(
                   'id', i.id, 'productId', i.product_id, 'variationId', i.variation_id,
                   'productName', i.product_name, 'variationName', i.variation_name, 'quantity', i.quantity,
                   'productBasePriceCents', i.product_base_price_cents,
                   'variationPriceChangeCents', i.variation_price_change_cents,
                   'unitPriceCents', i.unit_price_cents, 'lineTotalCents', i.line_total_cents) ORDER BY i.position)
            FROM order_items i WHERE i.order_id = o.id) AS items,
         (SELECT json_build_object('id', p.id, 'amountCents', p.amount_cents, 'responseStatusCode', p.response_status_code)
            FROM payments p WHERE p.order_id = o.id) AS payment`;

const SNAPSHOT = `SELECT ${SHOWN} FROM orders o`;
const ONE = `${SNAPSHOT} WHERE o.id = $1 AND ($2::uuid IS NULL OR o.customer_id = $2)`;

const SAVE_TRANSITION = `
  WITH o AS (
    UPDATE orders SET status = $2, updated_at = now() WHERE id = $1
    RETURNING *),
  step AS (
    INSERT INTO order_status_transitions (order_id, from_status, to_status, changed_by)
    SELECT o.id, $3, o.status, $4 FROM o)
  SELECT ${SHOWN} FROM o`;

/** Each shape of page has a text of its own, so that each finds its index. */
const PAGES = {
  all: `${SNAPSHOT} ORDER BY o.created_at DESC, o.id DESC LIMIT $1`,
  allAfter: `${SNAPSHOT} WHERE (o.created_at, o.id) < ($2, $3) ORDER BY o.created_at DESC, o.id DESC LIMIT $1`,
  byStatus: `${SNAPSHOT} WHERE o.status = $2 ORDER BY o.created_at DESC, o.id DESC LIMIT $1`,
  byStatusAfter: `${SNAPSHOT} WHERE o.status = $2 AND (o.created_at, o.id) < ($3, $4) ORDER BY o.created_at DESC, o.id DESC LIMIT $1`,
};

/** The orders' and status transitions' tables; orders are inserted where placements are settled. */
@Injectable()
export class OrdersRepository {
  constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}

  /** The order, where it exists and, if a customer is given, is theirs. */
  async find(id: string, customerId?: string): Promise<OrderSnapshot | undefined> {
    const [order] = await this.orders.query<OrderSnapshot[]>(ONE, [id, customerId ?? null]);
    return order;
  }

  /** Newest first. */
  page({ limit, after }: PageRequest, status?: OrderStatus): Promise<OrderSnapshot[]> {
    const end = after ? [after.createdAt, after.id] : [];
    return status
      ? this.orders.query<OrderSnapshot[]>(after ? PAGES.byStatusAfter : PAGES.byStatus, [
          limit,
          status,
          ...end,
        ])
      : this.orders.query<OrderSnapshot[]>(after ? PAGES.allAfter : PAGES.all, [limit, ...end]);
  }

  /** The order's id and status, locked until the transaction ends. */
  lockForUpdate(id: string, tx: Tx): Promise<Pick<Order, 'id' | 'status' | 'transitionTo'> | null> {
    return tx
      .createQueryBuilder(Order, 'o')
      .select(['o.id', 'o.status'])
      .setLock('pessimistic_write')
      .where('o.id = :id', { id })
      .getOne();
  }

  /** Writes the order's new status and the step that led to it; answers the order as it is then. */
  @Failpoint('order.transition')
  async saveTransition(
    order: Pick<Order, 'id' | 'status'>,
    step: Pick<StatusTransition, 'fromStatus' | 'changedBy'>,
    tx: Tx,
  ): Promise<OrderSnapshot> {
    const parameters = [order.id, order.status, step.fromStatus, step.changedBy];
    const [snapshot] = await tx.query<OrderSnapshot[]>(SAVE_TRANSITION, parameters);
    if (!snapshot) throw new Error(`Order ${order.id} vanished under its lock`);
    return snapshot;
  }
}
