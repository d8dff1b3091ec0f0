import { Injectable } from '@nestjs/common';
import { NotificationsService } from '#notifications';
import { OrderChanges } from '#refunds';

/** Tells those who wait for placed orders: the worker, which notifies, and the live boards. */
@Injectable()
export class PlacedOrderSignals {
  constructor(
    private readonly notifications: NotificationsService,
    private readonly changes: OrderChanges,
  ) {}

  /** Call it after the commit. */
  send(): void {
    this.notifications.wakeForPlacedOrder();
    this.changes.signal();
  }
}
