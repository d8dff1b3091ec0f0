import { Injectable } from '@nestjs/common';
import { NotificationsService } from '#notifications';
import { OrderChanges } from '#refunds';
import { PlacementMetrics } from './placement-metrics.js';

/** Signals a placed order to the worker, which sends its notification, and to the live boards. Counts it, too. */
@Injectable()
export class PlacedOrderSignals {
  constructor(
    private readonly notifications: NotificationsService,
    private readonly changes: OrderChanges,
    private readonly metrics: PlacementMetrics,
  ) {}

  /** Call it after the commit. */
  send(totalCents: number): void {
    this.metrics.placed(totalCents);
    this.notifications.wakeForPlacedOrder();
    this.changes.signal();
  }
}
