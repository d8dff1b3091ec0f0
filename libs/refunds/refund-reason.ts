/** Why money is given back or an order is cancelled. */
export const REFUND_REASONS = [
  'customer_request',
  'out_of_stock',
  'closing',
  'duplicate',
  'quality',
  'no_show',
  'other',
] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];
