import type { RequestedLine } from '#catalog';
import type { OrderLine } from '#orders';

/** What a customer asks for. */
export interface OrderRequest {
  lines: RequestedLine[];
  /** What the customer was shown, where they say so. */
  totalCents?: number;
  metadata?: Record<string, unknown>;
}

/** A priced order, frozen at the moment of ordering, not yet paid. */
export interface OrderDraft {
  items: OrderLine[];
  metadata: Record<string, unknown> | null;
}
