import type { FormerOrderSnapshot, OrderSnapshot } from '#orders';
import { MEANINGS } from './placement-state.js';
import type { Placement } from './placement.entity.js';
import { PaymentDeclined, PaymentUnavailable } from './placements.errors.js';

/** A placed order, and whether an earlier request with the same key placed it. */
export interface PlacedOrder {
  order: OrderSnapshot | FormerOrderSnapshot;
  replayed: boolean;
}

type PlacedPlacement = Pick<
  Placement,
  'orderId' | 'paymentId' | 'customerId' | 'totalCents' | 'draft' | 'number' | 'responseStatusCode'
>;

/**
 * Returns an order as it was when it was placed. The first response and each replay are equal, because nothing in it changes later: a
 * draft without a version keeps the members that orders had when it was written.
 */
export function orderAsPlaced(
  placement: PlacedPlacement,
  placedAt: Date,
): OrderSnapshot | FormerOrderSnapshot {
  const { draft, number } = placement;
  if (!draft) throw new Error(`The placement of order ${placement.orderId} can no longer be replayed`);
  const order: FormerOrderSnapshot = {
    id: placement.orderId,
    customerId: placement.customerId,
    status: 'waiting',
    totalCents: placement.totalCents,
    metadata: draft.metadata,
    createdAt: placedAt,
    updatedAt: placedAt,
    items: draft.items,
    payment: {
      id: placement.paymentId,
      amountCents: placement.totalCents,
      responseStatusCode: placement.responseStatusCode,
    },
  };
  if (!('v' in draft)) return order;
  const { pickupName, note } = draft;
  return { ...order, number, pickupName, note, cancellation: null, refundedCents: 0 };
}

/**
 * Returns the response that a settled placement's client got first, or undefined if the placement is not settled.
 * @throws PaymentDeclined, PaymentUnavailable if that response was an error
 */
export function settledResponse(placement: Placement): PlacedOrder | undefined {
  switch (MEANINGS[placement.state]) {
    case 'pending':
      return undefined;
    case 'placed':
      return { order: orderAsPlaced(placement, settledAt(placement)), replayed: true };
    case 'not_charged':
      throw new PaymentUnavailable();
    case 'declined':
      throw new PaymentDeclined(placement, true);
  }
}

function settledAt({ id, settledAt: time }: Placement): Date {
  if (!time) throw new Error(`Placement ${id} is placed without a time`);
  return time;
}
