import { LRUCache } from 'lru-cache';

/** Enough for a day's play; a simulation need not remember more. */
const REMEMBERED = 10_000;

/** A charge as the simulated provider booked it. */
export interface BookedCharge {
  key: string;
  amountCents: number;
  approved: boolean;
  /** How often it was asked for; it is booked once however often that is. */
  requests: number;
  bookedAt: string;
}

/** What a payment provider that honours Idempotency-Key writes down: one entry a key, whose first decision stands. */
export class ChargeLedger {
  private readonly booked = new LRUCache<string, BookedCharge>({ max: REMEMBERED });

  /** Books a charge, or finds the one that its key stands for. Without a key every request is a charge of its own. */
  book(key: string | undefined, amountCents: number, approved: boolean): BookedCharge {
    const known = key === undefined ? undefined : this.booked.get(key);
    const charge = known ?? {
      key: key ?? crypto.randomUUID(),
      amountCents,
      approved,
      requests: 0,
      bookedAt: new Date().toISOString(),
    };
    charge.requests += 1;
    this.booked.set(charge.key, charge);
    return charge;
  }

  /** Newest first. */
  entries(): BookedCharge[] {
    return [...this.booked.values()];
  }
}
