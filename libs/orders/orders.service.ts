import { Injectable } from '@nestjs/common';
import { Failpoint } from '#config';
import { Transactions, type PageRequest } from '#database';
import { PreconditionFailed, type Precondition } from '#errors';
import { NotificationsService } from '#notifications';
import { OrderChanges } from '#refunds';
import type { Actor, AuthenticatedUser } from '#users';
import type { Board, KnownVersions } from './board.js';
import type { OrderSnapshot } from './order-snapshot.js';
import type { OrderEvent } from './order-event.js';
import { isProgressStatus } from './order-status.js';
import { InvalidStatus, OrderNotFound } from './orders.errors.js';
import { OrdersRepository, type OrderFilter } from './orders.repository.js';
import { ownerOf } from './visibility.js';

/** Placed orders: read, listed, moved through their statuses. */
@Injectable()
export class OrdersService {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly notifications: NotificationsService,
    private readonly changes: OrderChanges,
    private readonly transactions: Transactions,
  ) {}

  /** Returns an order, if it exists and the reader may see it: customers their own orders, staff all. */
  find(id: string, reader: AuthenticatedUser): Promise<OrderSnapshot | undefined> {
    return this.orders.find(id, ownerOf(reader));
  }

  /**
   * Returns what happened to an order, oldest first.
   * @throws OrderNotFound, also if the order belongs to another customer
   */
  async timeline(id: string, reader: AuthenticatedUser): Promise<OrderEvent[]> {
    const events = await this.orders.timeline(id, ownerOf(reader));
    if (events.length === 0) throw new OrderNotFound();
    return events;
  }

  /** Returns a page of orders, newest first. Without a filter, of all orders. */
  list(page: PageRequest, filter: OrderFilter): Promise<OrderSnapshot[]> {
    return this.transactions.readList((reader) => this.orders.list(page, filter, reader));
  }

  /** Returns the open orders, at most BOARD_SIZE, and the known ones: without their content if it is of the known version. */
  board(known: KnownVersions = new Map()): Promise<Board> {
    return this.orders.board(known);
  }

  /**
   * Moves an order to its next status. The notification is queued and the audit entry written in the same transaction.
   * @throws InvalidStatus, OrderNotFound, PreconditionFailed, InvalidTransition
   */
  @Failpoint('order.change_status')
  async changeStatus(
    id: string,
    status: string,
    changedBy: Actor,
    precondition?: Precondition<OrderSnapshot>,
  ): Promise<OrderSnapshot> {
    if (!isProgressStatus(status)) throw new InvalidStatus(status);
    const changed = await this.transactions.run(async (tx) => {
      const order = await this.orders.lockForUpdate(id, tx);
      if (!order) throw new OrderNotFound();
      if (precondition && !precondition(await this.orders.getLocked(order, tx)))
        throw new PreconditionFailed();
      const fromStatus = order.status;
      order.transitionTo(status);
      await this.notifications.enqueue({ orderId: id, status }, changedBy, tx);
      return this.orders.saveTransition(order, { fromStatus, changedBy, reason: null, note: null }, tx);
    });
    this.notifications.wakeWorker();
    this.changes.signal();
    return changed;
  }
}
