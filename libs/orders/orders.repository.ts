import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Failpoint } from '#config';
import { pageClauses, PreparedStatements, type PageRequest, type Tx } from '#database';
import type { OrderSnapshot } from './order-snapshot.js';
import type { OrderStatus } from './order-status.js';
import { Order } from './order.entity.js';
import { FIND_ORDER, SAVE_TRANSITION, SELECT_ORDER } from './orders.sql.js';
import type { StatusTransition } from './status-transition.entity.js';

export interface OrderFilter {
  customerId?: string;
  status?: OrderStatus;
}

/** The tables of orders and their status changes. Orders are inserted by `libs/placements`, with their payment. */
@Injectable()
export class OrdersRepository {
  constructor(
    @InjectRepository(Order) private readonly orders: Repository<Order>,
    private readonly statements: PreparedStatements,
  ) {}

  /** Returns the order if it exists and, if a customer is given, belongs to that customer. */
  async find(id: string, customerId?: string, tx?: Tx): Promise<OrderSnapshot | undefined> {
    const [order] = await this.statements.query<OrderSnapshot>(FIND_ORDER, [id, customerId ?? null], tx);
    return order;
  }

  /** Returns a page of orders, newest first. */
  list(page: PageRequest, { customerId, status }: OrderFilter): Promise<OrderSnapshot[]> {
    const { clauses, parameters } = pageClauses('o', page, [
      ['o.customer_id = ?', customerId],
      ['o.status = ?', status],
    ]);
    return this.orders.query<OrderSnapshot[]>(`${SELECT_ORDER} ${clauses}`, parameters);
  }

  /** Returns the order's id and status, and locks the row until the transaction ends. */
  lockForUpdate(id: string, tx: Tx): Promise<Pick<Order, 'id' | 'status' | 'transitionTo'> | null> {
    return tx
      .createQueryBuilder(Order, 'o')
      .select(['o.id', 'o.status'])
      .setLock('pessimistic_write')
      .where('o.id = :id', { id })
      .getOne();
  }

  /** Writes the order's new status and its history entry. Returns the order after the change. */
  @Failpoint('order.transition')
  async saveTransition(
    order: Pick<Order, 'id' | 'status'>,
    step: Pick<StatusTransition, 'fromStatus' | 'changedBy'>,
    tx: Tx,
  ): Promise<OrderSnapshot> {
    const values = [order.id, order.status, step.fromStatus, step.changedBy];
    const [snapshot] = await this.statements.query<OrderSnapshot>(SAVE_TRANSITION, values, tx);
    if (!snapshot) throw new Error(`Order ${order.id} vanished under its lock`);
    return snapshot;
  }
}
