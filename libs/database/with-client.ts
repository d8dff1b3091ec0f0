import type pg from 'pg';
import { serversOf } from './server-list.js';

/**
 * Runs `work` on a separate connection, for checks before there is a pool.
 * @param timeoutMs for each statement
 */
export async function withClient<Result>(
  url: string,
  timeoutMs: number,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = await serversOf(url).connect({ query_timeout: timeoutMs });
  try {
    return await work(client);
  } finally {
    void client.end();
  }
}
