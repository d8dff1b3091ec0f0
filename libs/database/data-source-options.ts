import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { ConnectionPool } from './connection-pool.js';
import { CONNECT_TIMEOUT_MS, serversOf } from './server-list.js';
import { SnakeCaseNaming } from './snake-case.naming.js';
import { socketWithIdleTimeout } from './socket-with-idle-timeout.js';

/** In ms, by the names of PostgreSQL's settings. docs/configuration.md has the same for poolers in transaction mode. */
const LIMITS = {
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 5_000,
};
/**
 * Everything that needs the table waits behind a migration that waits for its lock. Shorter than the lock timeout of requests, and
 * longer than deadlock_timeout (1 s), after which PostgreSQL ends an autovacuum that is in the way.
 */
const MIGRATION_LOCK_TIMEOUT_MS = 1_500;
/** Longer than the statement timeout: a live server has responded or cancelled the statement by then. */
const SOCKET_IDLE_TIMEOUT_MS = 8_000;
/** Shorter than SOCKET_IDLE_TIMEOUT_MS, so that the pool closes idle connections first. */
const POOL_IDLE_TIMEOUT_MS = 6_000;

type PostgresOptions = DataSourceOptions & { type: 'postgres' };

/** Returns how every program connects to PostgreSQL. A limit that `url` names has the value given there. */
export function dataSourceOptions(url: string, poolSize: number): PostgresOptions {
  const { searchParams: given } = new URL(serversOf(url).current);
  const limits = Object.entries(LIMITS).filter(([name]) => !given.has(name));
  return {
    ...commonOptions(url),
    poolSize,
    extra: {
      // Compiling a statement takes seconds, and each of ours runs for milliseconds.
      onConnect: setAfterConnecting({ ...Object.fromEntries(limits), jit: 'off' }),
      idleTimeoutMillis: POOL_IDLE_TIMEOUT_MS,
      stream: () => socketWithIdleTimeout(SOCKET_IDLE_TIMEOUT_MS),
    },
  };
}

/** Returns how long commands connect: without limits. */
export function unlimitedOptions(url: string): PostgresOptions {
  return longRunningOptions(url, 0);
}

/** Returns how migrations connect: a statement may take long, because tables are large, but may not wait long for a lock. */
export function migrationOptions(url: string): PostgresOptions {
  return longRunningOptions(url, MIGRATION_LOCK_TIMEOUT_MS);
}

function longRunningOptions(url: string, lockTimeoutMs: number): PostgresOptions {
  const unlimited = Object.fromEntries(Object.keys(LIMITS).map((name) => [name, 0]));
  const settings = { ...unlimited, lock_timeout: lockTimeoutMs };
  return { ...commonOptions(url), extra: { onConnect: setAfterConnecting(settings), keepAlive: true } };
}

function commonOptions(url: string): PostgresOptions {
  return {
    type: 'postgres',
    // ConnectionPool reads it. TypeORM only takes the name of the database from it.
    url,
    driver: { ...pg, Pool: ConnectionPool },
    applicationName: 'coffee-shop',
    namingStrategy: new SnakeCaseNaming(),
    synchronize: false,
    installExtensions: false,
    // PostgreSQL has gen_random_uuid() since version 13, so no extension is installed.
    uuidExtension: 'pgcrypto',
    migrationsTableName: 'migrations',
  };
}

/** Not as start-up parameters: PgBouncer refuses those. */
function setAfterConnecting(
  settings: Record<string, number | string>,
): (client: pg.ClientBase) => Promise<void> {
  const statements = Object.entries(settings).map(([name, value]) => `SET ${name} = ${value}`);
  // The types of pg have this option of a query for clients only.
  const query = { text: statements.join('; '), query_timeout: CONNECT_TIMEOUT_MS };
  return async (client) => {
    await client.query(query);
  };
}
