import { Injectable, Logger } from '@nestjs/common';
import { deleteInBatches } from '#database';
import { IdempotencyKeysRepository } from './idempotency-keys.repository.js';

/** Small batches keep each deletion short for concurrent claims. */
const BATCH_SIZE = 1_000;

/** Deletes expired idempotency keys. Runs in the worker. */
@Injectable()
export class IdempotencyKeyCleanup {
  private readonly log = new Logger(IdempotencyKeyCleanup.name);

  constructor(private readonly keys: IdempotencyKeysRepository) {}

  async deleteExpired(signal?: AbortSignal): Promise<void> {
    await deleteInBatches(
      { log: this.log, message: 'Expired idempotency keys were deleted', limit: BATCH_SIZE, signal },
      (limit) => this.keys.deleteExpired(limit),
    );
  }
}
