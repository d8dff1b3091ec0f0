import type { FindingCode } from './findings.js';

interface Amount {
  cents: number;
  time: Date;
}

/** Something that the provider and the database differ in. */
export interface Finding {
  code: FindingCode;
  kind: 'charge' | 'refund';
  /** The Idempotency-Key: the provider key of the placement, or the id of the refund. */
  key: string;
  /** Of the charge that was refunded. Null for a charge. */
  chargeKey: string | null;
  /** Of a charge. Null for a refund, and if the database does not have it. */
  placementId: string | null;
  orderId: string | null;
  /** Null if the statement does not have it. */
  provider: (Amount & { line: number }) | null;
  /** Null if the database does not have it. */
  stored: (Amount & { state: string }) | null;
}
