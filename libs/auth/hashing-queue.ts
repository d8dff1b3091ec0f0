import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { TooManyConcurrentLogins } from './auth.errors.js';

/** A hash takes a processor for tens of ms and 19 MiB: more at once would slow orders down. */
const MAX_CONCURRENT_HASHES = 2;
/** Further logins would wait for seconds. */
const MAX_QUEUED_LOGINS = 100;
/** More than an office needs at the same moment, and few enough that one address leaves room in the queue to the others. */
const MAX_LOGINS_PER_ADDRESS = 20;

/** Runs the hashes of logins, few at a time. The others wait in a queue, and one address has only some of them. */
export class HashingQueue {
  private readonly hashing = bulkhead(MAX_CONCURRENT_HASHES, MAX_QUEUED_LOGINS);
  /** Logins that run or wait, by address. */
  private readonly loginsOf = new Map<string, number>();

  /** @throws TooManyConcurrentLogins if the queue is full, or the address has MAX_LOGINS_PER_ADDRESS */
  async run<Result>(address: string, work: () => Promise<Result>): Promise<Result> {
    if (this.countOf(address) >= MAX_LOGINS_PER_ADDRESS) throw new TooManyConcurrentLogins();
    this.loginsOf.set(address, this.countOf(address) + 1);
    try {
      return await this.hashing.execute(work);
    } catch (error) {
      throw error instanceof BulkheadRejectedError ? new TooManyConcurrentLogins() : error;
    } finally {
      const left = this.countOf(address) - 1;
      if (left > 0) this.loginsOf.set(address, left);
      else this.loginsOf.delete(address);
    }
  }

  private countOf(address: string): number {
    return this.loginsOf.get(address) ?? 0;
  }
}
