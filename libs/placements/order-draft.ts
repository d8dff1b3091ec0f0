import type { RequestedLine } from '#catalog';
import type { OrderLine } from '#orders';

/** What a customer asks for. */
export interface OrderRequest {
  lines: RequestedLine[];
  /** The total that the customer was shown, if given. */
  totalCents?: number;
  metadata?: Record<string, unknown>;
}

/** A priced order before its payment. Stored with the placement and never changed: replays are rendered from it. */
export interface OrderDraft {
  items: OrderLine[];
  metadata: Record<string, unknown> | null;
}
