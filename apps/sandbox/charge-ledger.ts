import { LRUCache } from 'lru-cache';

const MAX_CHARGES = 10_000;

/** A charge in the simulated provider's ledger. */
export interface BookedCharge {
  key: string;
  amountCents: number;
  approved: boolean;
  /** Number of requests with this key. The ledger has one charge for all of them. */
  requests: number;
  bookedAt: string;
}

/** The ledger of a payment provider that honours Idempotency-Key: one charge per key. */
export class ChargeLedger {
  private readonly charges = new LRUCache<string, BookedCharge>({ max: MAX_CHARGES });

  /** Books a charge or returns the one with the same key. Without a key, every request books a new charge. */
  book(key: string | undefined, amountCents: number, approved: boolean): BookedCharge {
    const existing = key === undefined ? undefined : this.charges.get(key);
    const charge = existing ?? {
      key: key ?? crypto.randomUUID(),
      amountCents,
      approved,
      requests: 0,
      bookedAt: new Date().toISOString(),
    };
    charge.requests += 1;
    this.charges.set(charge.key, charge);
    return charge;
  }

  /** Most recently requested first. */
  entries(): BookedCharge[] {
    return [...this.charges.values()];
  }
}
