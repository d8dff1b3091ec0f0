export const ORDER_STATUSES = ['waiting', 'preparation', 'ready', 'delivered'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** The one status that may follow each: no skipping, no reversal, no repeat. */
export const NEXT_STATUS: Readonly<Record<OrderStatus, OrderStatus | null>> = {
  waiting: 'preparation',
  preparation: 'ready',
  ready: 'delivered',
  delivered: null,
};

export function isOrderStatus(text: string): text is OrderStatus {
  return Object.hasOwn(NEXT_STATUS, text);
}
