import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const ATTEMPTS = 50;
/** PostgreSQL does not clone a database that has open connections. */
const SOURCE_IN_USE = '55006';

/** A database for one suite, migrated and empty. */
export interface TestDatabase {
  readonly url: string;
  query<T>(sql: string, parameters?: unknown[]): Promise<T[]>;
  /** Drops the database and closes its connections. */
  drop(): Promise<void>;
}

/** Clones the migrated template of this run, which is faster than running the migrations. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(fromSetup('TEST_TEMPLATE_DATABASE'));
}

/** Clones the template with the seeded users and products, so that no suite hashes their passwords. */
export function createSeededDatabase(): Promise<TestDatabase> {
  return createDatabase(fromSetup('TEST_SEEDED_DATABASE'));
}

/** Returns a copy of a database as it is now. The database must have no connections. */
export function copyDatabase({ url }: TestDatabase): Promise<TestDatabase> {
  return createDatabase(new URL(url).pathname.slice(1));
}

/** Creates a database without any table. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template0');
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const serverUrl = fromSetup('TEST_SERVER_URL');
  // The teardown drops all databases with the run's prefix.
  const prefix = fromSetup('TEST_TEMPLATE_DATABASE').replace(/template$/, '');
  const name = `${prefix}${randomUUID().replaceAll('-', '')}`;
  await clone(serverUrl, template, name);

  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  const pool = new pg.Pool({ connectionString: url, max: 2, allowExitOnIdle: true });
  // An idle client's error must not fail a suite that terminates connections.
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
      await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
      return;
    } catch (error) {
      const isTransient = error instanceof pg.DatabaseError && error.code === SOURCE_IN_USE;
      if (!isTransient || attempt === ATTEMPTS) throw error;
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
    throw new Error(`${name} is not set: Jest must run with test/support/global-setup.mjs`);
  return value;
}
