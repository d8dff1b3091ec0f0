import type { LoggerService } from '@nestjs/common';

/**
 * Deletes expired rows in batches until none is left, so that each statement is short, and logs how many there were.
 * @param what is deleted, for the log
 * @param deleteBatch deletes up to `limit` rows and returns how many
 */
export async function deleteInBatches(
  log: Pick<LoggerService, 'log'>,
  what: string,
  limit: number,
  deleteBatch: (limit: number) => Promise<number>,
): Promise<void> {
  let total = 0;
  let count: number;
  do {
    count = await deleteBatch(limit);
    total += count;
  } while (count === limit);
  if (total > 0) log.log(`Expired ${what} were deleted`, { count: total });
}
