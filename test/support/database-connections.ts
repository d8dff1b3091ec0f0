import pg from 'pg';
import type { TestDatabase } from './database.js';

/** Lets nobody new into a suite's database, while who is inside stays. */
export function blockConnections(database: TestDatabase): Promise<void> {
  return setAllowConnections(database, false);
}

/** Lets everybody in again. */
export function allowConnections(database: TestDatabase): Promise<void> {
  return setAllowConnections(database, true);
}

/** Sends away who is inside, or those of one application. */
export async function terminateConnections(database: TestDatabase, application?: string): Promise<void> {
  await withServerClient(database, async (client, name) => {
    await client.query(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = $1 AND application_name = coalesce($2, application_name)`,
      [name, application],
    );
  });
}

async function setAllowConnections(database: TestDatabase, open: boolean): Promise<void> {
  await withServerClient(database, async (client, name) => {
    await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${open}`);
  });
}

/** From another database of the same server: none may shut its own door. */
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
