import { Injectable } from '@nestjs/common';
import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { TooManyConcurrentLogins } from './users.errors.js';

/** A hash takes a processor for tens of ms and 19 MiB: more at once would slow orders down. */
const MAX_CONCURRENT = 2;
/** Further ones would wait for seconds. */
const MAX_QUEUED = 100;
/** More than an office needs at the same moment, and few enough that one client leaves room in the queue to the others. */
const MAX_PER_CLIENT = 20;

/** Runs password hashes, few at a time in a process. The others wait in a queue, and one client has only some of them. */
@Injectable()
export class HashingQueue {
  private readonly hashing = bulkhead(MAX_CONCURRENT, MAX_QUEUED);
  /** How many run or wait, by client. */
  private readonly counts = new Map<string, number>();

  /**
   * Runs work that hashes.
   * @param client an address, or the id of a user
   * @throws TooManyConcurrentLogins if the queue is full, or the client has MAX_PER_CLIENT
   */
  async run<Result>(client: string, work: () => Promise<Result>): Promise<Result> {
    if (this.countOf(client) >= MAX_PER_CLIENT) throw new TooManyConcurrentLogins();
    this.counts.set(client, this.countOf(client) + 1);
    try {
      return await this.hashing.execute(work);
    } catch (error) {
      throw error instanceof BulkheadRejectedError ? new TooManyConcurrentLogins() : error;
    } finally {
      const left = this.countOf(client) - 1;
      if (left > 0) this.counts.set(client, left);
      else this.counts.delete(client);
    }
  }

  private countOf(client: string): number {
    return this.counts.get(client) ?? 0;
  }
}
