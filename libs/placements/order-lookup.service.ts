import { Injectable } from '@nestjs/common';
import { OrderNotFound, OrdersService, type OrderSnapshot } from '#orders';
import type { AuthenticatedUser } from '#users';
import { ChargePolicy } from './charge-policy.js';
import { MEANINGS } from './placement-state.js';
import { PlacementDeclined, PlacementPending } from './placements.errors.js';
import { PlacementsRepository } from './placements.repository.js';

/** Finds orders. Says for an order that does not exist whether its customer's attempt to place it is pending or has failed. */
@Injectable()
export class OrderLookupService {
  constructor(
    private readonly orders: OrdersService,
    private readonly placements: PlacementsRepository,
    private readonly policy: ChargePolicy,
  ) {}

  /**
   * Returns an order. Customers see their own orders, staff all.
   * @throws PlacementPending, PlacementDeclined if the reader's own attempt has not become this order
   * @throws OrderNotFound, also if the order or the attempt belongs to another customer
   */
  async get(id: string, reader: AuthenticatedUser): Promise<OrderSnapshot> {
    const order = await this.orders.find(id, reader);
    if (order) return order;
    const state = await this.placements.stateOfOrder(id, reader.id);
    if (!state) throw new OrderNotFound();
    switch (MEANINGS[state]) {
      case 'pending':
      // Placed after the first look.
      case 'placed':
        throw new PlacementPending(this.policy.outcomeInSeconds);
      case 'declined':
        throw new PlacementDeclined('its payment failed, and a charge that shows up later is refunded');
      case 'not_charged':
        throw new PlacementDeclined('nothing was charged');
    }
  }
}
