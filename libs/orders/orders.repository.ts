import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { entryParameter } from '#audit';
import { Failpoint } from '#config';
import { pageClauses, PreparedStatements, type PageRequest, type Reader, type Tx } from '#database';
import { auditedStep, type StatusStep } from './audited-step.js';
import { BOARD_SIZE, type Board, type KnownVersions } from './board.js';
import type { OrderEvent } from './order-event.js';
import type { OrderSnapshot } from './order-snapshot.js';
import type { OrderStatus } from './order-status.js';
import { Order } from './order.entity.js';
import { BOARD, FIND_ORDER, SAVE_TRANSITION, SELECT_ORDER, TIMELINE } from './orders.sql.js';

/** An order as the statements return it. */
type OrderRow = Omit<OrderSnapshot, 'cancellation'> & { cancellation: CancellationRow | null };
type CancellationRow = Omit<NonNullable<OrderSnapshot['cancellation']>, 'at'> & { at: string };

/** The order's columns are null if its version is known. */
type BoardRow = { entryId: string; version: string; isOnBoard: boolean } & (
  OrderRow | { [Column in keyof OrderRow]: null }
);

/** An order whose row is locked. */
export type LockedOrder = Pick<Order, 'id' | 'status' | 'transitionTo' | 'cancel'>;

export interface OrderFilter {
  number?: number;
  customerId?: string;
  status?: OrderStatus;
  /** Only orders that were placed then or later. */
  from?: Date;
  /** Only orders that were placed earlier. */
  to?: Date;
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
    const [order] = await this.statements.query<OrderRow>(FIND_ORDER, [id, customerId ?? null], tx);
    return order && toSnapshot(order);
  }

  /** Returns whether the order exists and, if a customer is given, belongs to that customer. */
  exists(id: string, customerId?: string): Promise<boolean> {
    return this.orders.existsBy({ id, ...(customerId && { customerId }) });
  }

  /** Returns an order that `lockForUpdate` returned. */
  async getLocked({ id }: Pick<Order, 'id'>, tx: Tx): Promise<OrderSnapshot> {
    return existing(await this.find(id, undefined, tx));
  }

  /** Returns a page of orders, newest first. */
  async list(
    page: PageRequest,
    { number, customerId, status, from, to }: OrderFilter,
    reader: Reader,
  ): Promise<OrderSnapshot[]> {
    // As an array, PostgreSQL does not take the customer for a constant. It would drop a constant from the order, and could read all
    // orders from the newest to the oldest to find those of a customer.
    const { clauses, parameters } = pageClauses(
      'o',
      page,
      [
        ['o.customer_id = ANY (?::uuid[])', customerId && [customerId]],
        ['o.number = ?', number],
        ['o.status = ?', status],
        ['o.created_at >= ?', from],
        ['o.created_at < ?', to],
      ],
      customerId && 'o.customer_id',
    );
    const orders = await reader.query<OrderRow[]>(`${SELECT_ORDER} ${clauses}`, parameters);
    return orders.map(toSnapshot);
  }

  /** Returns the open orders, and the known ones, in one statement. */
  async board(known: KnownVersions): Promise<Board> {
    const rows = await this.statements.query<BoardRow>(BOARD, [[...known.keys()], [...known.values()]]);
    const open = rows.filter(({ isOnBoard }) => isOnBoard);
    const surplus = open[BOARD_SIZE];
    const entries = rows.map((row) => {
      const { entryId: id, version, isOnBoard, ...order } = row;
      return {
        id,
        version,
        isOnBoard: isOnBoard && row !== surplus,
        order: order.id === null ? undefined : toSnapshot(order),
      };
    });
    return { entries, truncated: surplus !== undefined };
  }

  /** Returns what happened to an order, oldest first; nothing if it does not exist or belongs to another customer than the given. */
  timeline(id: string, customerId?: string): Promise<OrderEvent[]> {
    return this.statements.query<OrderEvent>(TIMELINE, [id, customerId ?? null]);
  }

  /** Returns the order's id and status, and locks the row until the transaction ends. With a customer, only that customer's order. */
  lockForUpdate(id: string, tx: Tx, customerId?: string): Promise<LockedOrder | null> {
    return tx
      .createQueryBuilder(Order, 'o')
      .select(['o.id', 'o.status'])
      .setLock('pessimistic_write')
      .where({ id, ...(customerId && { customerId }) })
      .getOne();
  }

  /** Writes the order's new status, its history entry and its audit entry. Returns the order after the change. */
  @Failpoint('order.transition')
  async saveTransition(
    order: Pick<Order, 'id' | 'status'>,
    step: StatusStep,
    tx: Tx,
  ): Promise<OrderSnapshot> {
    const { fromStatus, changedBy, reason, note } = step;
    const audited = auditedStep(order, step);
    const values = [
      ...[order.id, order.status, fromStatus, changedBy.id, changedBy.role, reason, note],
      audited && entryParameter(audited),
    ];
    const [saved] = await this.statements.query<OrderRow>(SAVE_TRANSITION, values, tx);
    return existing(saved && toSnapshot(saved));
  }
}

/** A time within JSON is text. */
function toSnapshot({ cancellation, ...order }: OrderRow): OrderSnapshot {
  return Object.assign(order, {
    cancellation: cancellation && { ...cancellation, at: new Date(cancellation.at) },
  });
}

function existing(order: OrderSnapshot | undefined): OrderSnapshot {
  if (!order) throw new Error('A locked order vanished');
  return order;
}
