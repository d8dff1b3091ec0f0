import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { isDatabaseUnavailable } from './database-errors.js';

/** An hour with the delays below, which is longer than most outages. */
const MAX_RETRIES = 3_600;

const policy = retry(handleWhen(isDatabaseUnavailable), {
  maxAttempts: MAX_RETRIES,
  backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 1_000 }),
});

/** Runs `work`, again for up to an hour while the database is unavailable. For what must not be lost, such as the outcome of a charge. */
export function retryWhileDatabaseIsUnavailable<Result>(work: () => Promise<Result>): Promise<Result> {
  return policy.execute(work);
}
