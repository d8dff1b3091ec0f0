import { Injectable } from '@nestjs/common';
import { CoalescedSignal, PgPubSub } from '#database';

/** The channel on which the live boards learn that an order changed as clients see it. */
export const ORDERS_CHANGED = 'orders_changed';

/** Signals changes of orders to the live boards. Belongs to the lowest lib that changes orders: a settled refund changes one, too. */
@Injectable()
export class OrderChanges {
  private readonly changed: CoalescedSignal;

  constructor(pubSub: PgPubSub) {
    this.changed = new CoalescedSignal(pubSub, ORDERS_CHANGED);
  }

  /** Call it after the commit of each change. If the message is lost, the boards' poll finds the change. */
  signal(): void {
    this.changed.send();
  }
}
