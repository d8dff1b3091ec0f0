import { Injectable } from '@nestjs/common';
import { Metrics, type Counter } from '#metrics';
import type { ChargeLimiter } from './charge-limiter.js';

/** How charges end and wait, as metrics of this process. */
@Injectable()
export class PlacementMetrics {
  private readonly placedOrders: Counter;
  private readonly value: Counter;
  private readonly declinedOrders: Counter;
  private readonly unknownOutcomes: Counter;

  constructor(private readonly metrics: Metrics) {
    this.placedOrders = metrics.counter({
      name: 'orders_placed_total',
      help: "Orders that an approved charge, a total of 0 or a manager's resolution created",
    });
    this.value = metrics.counter({
      name: 'order_value_cents_total',
      help: 'Sum of the totals of the placed orders',
    });
    this.declinedOrders = metrics.counter({
      name: 'orders_declined_total',
      help: 'Orders whose charge the provider declined',
    });
    this.unknownOutcomes = metrics.counter({
      name: 'orders_unknown_total',
      help: 'Sends of a charge that left its outcome unknown',
    });
  }

  placed(totalCents: number): void {
    this.placedOrders.inc();
    this.value.inc(totalCents);
  }

  declined(): void {
    this.declinedOrders.inc();
  }

  leftUnknown(): void {
    this.unknownOutcomes.inc();
  }

  /** Shows from now on how many charges run and wait. */
  watch(limiter: ChargeLimiter): void {
    this.metrics.gauge({ name: 'charge_limiter_in_use', help: 'Charges that run now' }, () => [
      { value: limiter.inUse },
    ]);
    this.metrics.gauge({ name: 'charge_limiter_waiting', help: 'Charges that wait for a slot' }, () => [
      { value: limiter.inLine },
    ]);
  }
}
