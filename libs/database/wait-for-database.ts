import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError, type Config } from '#config';
import { isDatabaseUnavailable, isRefusal } from './database-errors.js';
import { messageOf } from './error-message.js';
import { withClient } from './with-client.js';

const WAIT_MS = 20_000;
const RETRY_MS = 500;
/** For the connection, and for its statement: a pooler whose server is away answers neither with an error for minutes. */
const TIMEOUT_MS = 2_000;

/**
 * Waits until the databases of the configuration accept connections.
 * @throws StartupError if one does not within `waitMs`, and at once if waiting cannot help, as after a wrong password
 */
export async function waitForDatabase(
  { databaseUrl, directDatabaseUrl }: Pick<Config, 'databaseUrl' | 'directDatabaseUrl'>,
  waitMs = WAIT_MS,
): Promise<void> {
  await waitFor('DATABASE_URL', databaseUrl, waitMs);
  if (directDatabaseUrl !== databaseUrl) await waitFor('DATABASE_DIRECT_URL', directDatabaseUrl, waitMs);
}

async function waitFor(variable: string, url: string, waitMs: number): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      // A pooler accepts clients before it has a server.
      await withClient(url, TIMEOUT_MS, (client) => client.query('SELECT 1'));
      return;
    } catch (error) {
      const reason = messageOf(error);
      if (isRefusal(error) || !isDatabaseUnavailable(error))
        throw new StartupError(`The database of ${variable} refuses the connection: ${reason}`);
      if (Date.now() >= deadline)
        throw new StartupError(
          `The database of ${variable} does not answer: ${reason}. Start it, or correct ${variable}`,
        );
      if (attempt === 1) process.stderr.write(`Waiting for the database of ${variable}: ${reason}\n`);
    }
    await sleep(RETRY_MS);
  }
}
