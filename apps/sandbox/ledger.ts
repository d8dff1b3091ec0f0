import { LRUCache } from 'lru-cache';

const MAX_ENTRIES = 10_000;

/** An entry with what the ledger adds to it. */
export type Booked<Entry> = Entry & {
  key: string;
  /** Number of requests with this key. The ledger has one entry for all of them. */
  requests: number;
  bookedAt: string;
};

/** The ledger of a payment provider that honours Idempotency-Key: one entry per key. */
export class Ledger<Entry extends object> {
  private readonly booked = new LRUCache<string, Booked<Entry>>({ max: MAX_ENTRIES });

  /** Books a new entry or returns the one with the same key. Without a key, every request books a new one. */
  book(key: string | undefined, create: () => Entry): Booked<Entry> {
    const existing = key === undefined ? undefined : this.booked.get(key);
    const entry = existing ?? {
      key: key ?? crypto.randomUUID(),
      ...create(),
      requests: 0,
      bookedAt: new Date().toISOString(),
    };
    entry.requests += 1;
    this.booked.set(entry.key, entry);
    return entry;
  }

  find(key: string): Booked<Entry> | undefined {
    return this.booked.peek(key);
  }

  /** Most recently requested first. */
  entries(): Booked<Entry>[] {
    return [...this.booked.values()];
  }
}
