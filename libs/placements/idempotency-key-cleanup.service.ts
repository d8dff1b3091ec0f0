import { Injectable, Logger } from '@nestjs/common';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';

/** Small batches keep each deletion short for concurrent claims. */
const BATCH_SIZE = 1_000;

/** Deletes expired idempotency keys. Runs in the worker. */
@Injectable()
export class IdempotencyKeyCleanup {
  private readonly log = new Logger(IdempotencyKeyCleanup.name);

  constructor(private readonly transitions: PlacementTransitionsRepository) {}

  async deleteExpired(): Promise<void> {
    let total = 0;
    let count: number;
    do {
      count = await this.transitions.deleteExpiredKeys(BATCH_SIZE);
      total += count;
    } while (count === BATCH_SIZE);
    if (total > 0) this.log.log('Expired idempotency keys were deleted', { count: total });
  }
}
