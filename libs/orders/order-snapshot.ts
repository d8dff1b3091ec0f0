import type { PricedLine } from '#catalog';
import type { RefundReason } from '#refunds';
import type { Role } from '#users';
import type { OrderStatus } from './order-status.js';

export interface OrderLine extends PricedLine {
  id: string;
}

/** An order with its lines and payment, as clients saw it before there were numbers. */
export interface FormerOrderSnapshot {
  id: string;
  customerId: string;
  status: OrderStatus;
  totalCents: number;
  metadata: Record<string, unknown> | null;
  createdAt: Date;
  updatedAt: Date;
  items: OrderLine[];
  payment: { id: string; amountCents: number; responseStatusCode: number | null };
}

/** An order with its lines and payment, as clients see it. */
export interface OrderSnapshot extends FormerOrderSnapshot {
  /** Null if the order was placed before there were numbers. */
  number: number | null;
  pickupName: string | null;
  note: string | null;
  cancellation: { at: Date; reason: RefundReason | null; byRole: Role } | null;
  /** What has gone back to the customer, in cents. */
  refundedCents: number;
}
