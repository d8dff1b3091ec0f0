import { isNativeError } from 'node:util/types';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StartupError, type Config } from '#config';
import { isDatabaseUnavailable, isRefusal } from './database-errors.js';

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
      await connect(url);
      return;
    } catch (error) {
      const reason = describe(error);
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

async function connect(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    // A pooler accepts clients before it has a server.
    await client.query('SELECT 1');
  } finally {
    void client.end();
  }
}

/** Node.js tries each address of a name, and its error then has a message for each only. */
function describe(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.map(describe).join(', ');
  return error.message;
}
