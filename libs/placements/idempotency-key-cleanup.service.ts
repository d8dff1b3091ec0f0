import { Injectable, Logger } from '@nestjs/common';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';

/** Small batches keep each deletion short beside the requests that claim keys. */
const BATCH = 1_000;

/** Deletes the idempotency keys whose day is over. */
@Injectable()
export class IdempotencyKeyCleanup {
  private readonly log = new Logger(IdempotencyKeyCleanup.name);

  constructor(private readonly steps: PlacementTransitionsRepository) {}

  async reap(): Promise<void> {
    let total = 0;
    let count: number;
    do {
      count = await this.steps.reapKeys(BATCH);
      total += count;
    } while (count === BATCH);
    if (total > 0) this.log.log('Expired idempotency keys were deleted', { count: total });
  }
}
