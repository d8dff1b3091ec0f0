/** A row of the provider's statement. */
export interface Movement {
  /** Where it ends in the file, from 1. */
  line: number;
  kind: 'charge' | 'refund';
  /** The Idempotency-Key: the provider key of the placement, or the id of the refund. */
  key: string;
  valueCents: number;
  time: Date;
  /** The key of the charge that was refunded. Null for a charge. */
  chargeKey: string | null;
}
