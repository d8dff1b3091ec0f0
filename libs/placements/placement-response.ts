import type { OrderSnapshot } from '#orders';
import type { Placement } from './placement.entity.js';

type PlacedPlacement = Pick<
  Placement,
  'orderId' | 'paymentId' | 'customerId' | 'totalCents' | 'draft' | 'responseStatusCode'
>;

/** An order as it was when it was placed, made from nothing that changes later: the first answer and each replay are the same. */
export function placedOrder(placement: PlacedPlacement, settledAt: Date): OrderSnapshot {
  return {
    id: placement.orderId,
    customerId: placement.customerId,
    status: 'waiting',
    totalCents: placement.totalCents,
    metadata: placement.draft.metadata,
    createdAt: settledAt,
    updatedAt: settledAt,
    items: placement.draft.items,
    payment: {
      id: placement.paymentId,
      amountCents: placement.totalCents,
      responseStatusCode: placement.responseStatusCode,
    },
  };
}
