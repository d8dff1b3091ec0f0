import type { Transitions } from '#state-machine';

export const ORDER_STATUSES = ['waiting', 'preparation', 'ready', 'delivered'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** The status flow: no skipping, no reversal, no repeat. docs/order-states.md shows it as a diagram. */
export const ORDER_TRANSITIONS: Transitions<OrderStatus> = {
  waiting: ['preparation'],
  preparation: ['ready'],
  ready: ['delivered'],
  delivered: [],
};

export function isOrderStatus(text: string): text is OrderStatus {
  return Object.hasOwn(ORDER_TRANSITIONS, text);
}
