import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@nestjs/common';

interface Batches {
  log: Pick<LoggerService, 'log'>;
  /** Logged at the end, with the sum of what the batches returned. */
  message: string;
  limit: number;
  /** Ends the work after the running batch. */
  signal?: AbortSignal;
}

/**
 * Deletes expired rows in batches until none is left, so that each statement is short. After each batch it pauses for as long as
 * the batch took.
 * @param deleteBatch goes through up to `limit` rows and returns how many
 */
export async function deleteInBatches(
  { log, message, limit, signal }: Batches,
  deleteBatch: (limit: number) => Promise<number>,
): Promise<void> {
  let total = 0;
  let count: number;
  do {
    const startedAt = performance.now();
    count = await deleteBatch(limit);
    total += count;
    // Leaves the database to the orders for half of the time.
    if (count === limit) await sleep(performance.now() - startedAt);
  } while (count === limit && !signal?.aborted);
  if (total > 0) log.log(message, { count: total });
}
