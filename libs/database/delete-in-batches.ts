import type { LoggerService } from '@nestjs/common';

interface Batches {
  log: Pick<LoggerService, 'log'>;
  /** What is deleted, for the log. */
  what: string;
  limit: number;
  /** Ends the work after the running batch. */
  signal?: AbortSignal;
}

/**
 * Deletes expired rows in batches until none is left, so that each statement is short, and logs how many there were.
 * @param deleteBatch deletes up to `limit` rows and returns how many
 */
export async function deleteInBatches(
  { log, what, limit, signal }: Batches,
  deleteBatch: (limit: number) => Promise<number>,
): Promise<void> {
  let total = 0;
  let count: number;
  do {
    count = await deleteBatch(limit);
    total += count;
  } while (count === limit && !signal?.aborted);
  if (total > 0) log.log(`Expired ${what} were deleted`, { count: total });
}
