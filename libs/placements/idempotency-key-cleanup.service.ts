import { Injectable, Logger } from '@nestjs/common';
import { IdempotencyKeysRepository } from './idempotency-keys.repository.js';

/** Small batches keep each deletion short for concurrent claims. */
const BATCH_SIZE = 1_000;

/** Deletes expired idempotency keys. Runs in the worker. */
@Injectable()
export class IdempotencyKeyCleanup {
  private readonly log = new Logger(IdempotencyKeyCleanup.name);

  constructor(private readonly keys: IdempotencyKeysRepository) {}

  async deleteExpired(): Promise<void> {
    let total = 0;
    let count: number;
    do {
      count = await this.keys.deleteExpired(BATCH_SIZE);
      total += count;
    } while (count === BATCH_SIZE);
    if (total > 0) this.log.log('Expired idempotency keys were deleted', { count: total });
  }
}
