import { Injectable } from '@nestjs/common';
import { NotificationsService } from '#notifications';
import { OrderChanges } from '#refunds';

/** Signals a placed order to the worker, which sends its notification, and to the live boards. */
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
