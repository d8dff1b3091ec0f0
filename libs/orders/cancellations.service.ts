import { Injectable } from '@nestjs/common';
import { Failpoint } from '#config';
import { Transactions, type Tx } from '#database';
import { PreconditionFailed, type Precondition } from '#errors';
import { NotificationsService } from '#notifications';
import { OrderChanges, RefundsService, type RefundReason } from '#refunds';
import type { Actor } from '#users';
import type { OrderSnapshot } from './order-snapshot.js';
import { OrderNotFound } from './orders.errors.js';
import { OrdersRepository, type LockedOrder } from './orders.repository.js';
import { ownerOf } from './visibility.js';

export interface Cancellation {
  reason: RefundReason | null;
  note: string | null;
  cancelledBy: Actor;
}

/** Cancels orders and gives their money back. */
@Injectable()
export class CancellationsService {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly notifications: NotificationsService,
    private readonly refunds: RefundsService,
    private readonly changes: OrderChanges,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Cancels an order: its status, its history, the notification, a refund of all that is not yet refunded and, for the staff, the audit
   * entry change in one transaction.
   * Never waits for a provider. A repeated cancellation changes nothing and returns the order.
   * @throws OrderNotFound, also if the order belongs to another customer
   * @throws PreconditionFailed, OrderInPreparation, OrderDelivered
   */
  @Failpoint('order.cancel')
  async cancel(
    id: string,
    cancellation: Cancellation,
    precondition?: Precondition<OrderSnapshot>,
  ): Promise<OrderSnapshot> {
    const cancelled = await this.transactions.run(async (tx) => {
      const order = await this.orders.lockForUpdate(id, tx, ownerOf(cancellation.cancelledBy));
      if (!order) throw new OrderNotFound();
      if (order.status === 'cancelled') return this.orders.getLocked(order, tx);
      if (precondition && !precondition(await this.orders.getLocked(order, tx)))
        throw new PreconditionFailed();
      return this.apply(order, cancellation, tx);
    });
    this.notifications.wakeWorker();
    this.refunds.wakeWorker();
    this.changes.signal();
    return cancelled;
  }

  private async apply(
    order: LockedOrder,
    { reason, note, cancelledBy }: Cancellation,
    tx: Tx,
  ): Promise<OrderSnapshot> {
    const fromStatus = order.status;
    order.cancel(cancelledBy.role);
    await this.notifications.enqueue({ orderId: order.id, status: order.status }, cancelledBy, tx);
    const refund = {
      reason: reason ?? (cancelledBy.role === 'customer' ? 'customer_request' : 'other'),
      note,
      requestedBy: cancelledBy,
      requestId: cancelledBy.requestId,
      traceparent: cancelledBy.traceparent,
    } as const;
    await this.refunds.requestRest(order.id, refund, tx);
    return this.orders.saveTransition(order, { fromStatus, changedBy: cancelledBy, reason, note }, tx);
  }
}
