import type { RequestedLine } from '#catalog';
import type { OrderLine } from '#orders';

/**
 * What a customer asks for. A field that is not sent is undefined, never null, so that new fields leave the fingerprints of old requests
 * as they are.
 */
export interface OrderRequest {
  lines: RequestedLine[];
  /** The total that the customer was shown, if given. */
  totalCents?: number;
  metadata?: Record<string, unknown>;
  pickupName?: string;
  note?: string;
}

/** A draft of a placement that began before drafts had a version. */
export interface FormerOrderDraft {
  items: OrderLine[];
  metadata: Record<string, unknown> | null;
}

/** A priced order before its payment. Stored with the placement and never changed: replays are rendered from it. Deleted when there can be none. */
export interface OrderDraft extends FormerOrderDraft {
  v: 2;
  pickupName: string | null;
  note: string | null;
}
