import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const ATTEMPTS = 50;
/** PostgreSQL clones no database that somebody is connected to. */
const SOURCE_IN_USE = '55006';

/** A database of one suite's own, with all migrations and no rows. */
export interface TestDatabase {
  readonly url: string;
  query<T>(sql: string, parameters?: unknown[]): Promise<T[]>;
  /** Also ends what connections are left. */
  drop(): Promise<void>;
}

/** Clones the migrated template of this run; tens of milliseconds instead of all migrations. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = fromSetup('TEST_SERVER_URL');
  const template = fromSetup('TEST_TEMPLATE_DATABASE');
  // The teardown finds it by the run's prefix, should the suite not drop it.
  const name = template.replace(/template$/, randomUUID().replaceAll('-', ''));
  await clone(serverUrl, template, name);

  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  const pool = new pg.Pool({ connectionString: url, max: 2, allowExitOnIdle: true });
  // Tests that shut the server's connections must not end the suite by an idle client's error.
  pool.on('error', () => undefined);
  return {
    url,
    query: async (sql, parameters) => (await pool.query(sql, parameters)).rows,
    drop: async () => {
      await pool.end();
      await onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function clone(serverUrl: string, template: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
      return;
    } catch (error) {
      const isPassing = error instanceof pg.DatabaseError && error.code === SOURCE_IN_USE;
      if (!isPassing || attempt === ATTEMPTS) throw error;
      await sleep(100);
    }
  }
}

async function onServer(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function fromSetup(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is missing: does this run have test/support/global-setup.mjs?`);
  return value;
}
