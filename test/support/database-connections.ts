import pg from 'pg';
import type { TestDatabase } from './database.js';
import { eventually } from './eventually.js';

/** Makes the database refuse new connections; open ones stay. */
export function blockConnections(database: TestDatabase): Promise<void> {
  return setAllowConnections(database, false);
}

/** Makes the database accept connections again. */
export function allowConnections(database: TestDatabase): Promise<void> {
  return setAllowConnections(database, true);
}

/** Makes all new transactions read-only, as on a standby, or writable again. Open connections keep what they had. */
export async function setReadOnly(database: TestDatabase, isReadOnly: boolean): Promise<void> {
  await withServerClient(database, async (client, name) => {
    await client.query(`ALTER DATABASE ${name} SET default_transaction_read_only = ${isReadOnly}`);
  });
}

/** Terminates all open connections, or only those of one application. */
export async function terminateConnections(database: TestDatabase, application?: string): Promise<void> {
  await withServerClient(database, async (client, name) => {
    await client.query(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = $1 AND application_name = coalesce($2, application_name)`,
      [name, application],
    );
  });
}

/** Waits until at least `count` statements wait for locks. */
export async function untilStatementsWait(database: TestDatabase, count = 1): Promise<void> {
  await eventually(`${count} statements that wait for locks`, async () => {
    const waiting = await database.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return waiting.length >= count;
  });
}

async function setAllowConnections(database: TestDatabase, isAllowed: boolean): Promise<void> {
  await withServerClient(database, async (client, name) => {
    await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${isAllowed}`);
  });
}

/** Connects to another database of the server, because PostgreSQL cannot block the current one. */
async function withServerClient(
  { url }: TestDatabase,
  work: (client: pg.Client, name: string) => Promise<void>,
): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  const client = new pg.Client({ connectionString: process.env.TEST_SERVER_URL });
  await client.connect();
  try {
    await work(client, name);
  } finally {
    await client.end();
  }
}
