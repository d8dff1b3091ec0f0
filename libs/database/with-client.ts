import pg from 'pg';

/**
 * Runs `work` on a separate connection, for checks before there is a pool.
 * @param timeoutMs for the connection, and for each statement
 */
export async function withClient<Result>(
  url: string,
  timeoutMs: number,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  // The connection may end after the work, when nobody waits for it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    void client.end();
  }
}
