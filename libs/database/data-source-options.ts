import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { ConnectionPool } from './connection-pool.js';
import { SnakeCaseNaming } from './snake-case.naming.js';
import { socketWithIdleTimeout } from './socket-with-idle-timeout.js';

/** Ten are enough because no connection is held during a provider call. */
const POOL_SIZE = 10;
const STATEMENT_TIMEOUT_MS = 5_000;
/** Longer than STATEMENT_TIMEOUT_MS: a live server has responded or cancelled the statement by then. */
const SOCKET_IDLE_TIMEOUT_MS = 8_000;
/** Shorter than SOCKET_IDLE_TIMEOUT_MS, so that the pool closes idle connections first. */
const POOL_IDLE_TIMEOUT_MS = 6_000;

/** Returns how every program connects to PostgreSQL. All limits are in ms. */
export function dataSourceOptions(url: string): DataSourceOptions & { type: 'postgres' } {
  return {
    type: 'postgres',
    url,
    driver: { ...pg, Pool: ConnectionPool },
    poolSize: POOL_SIZE,
    connectTimeoutMS: 2_000,
    applicationName: 'coffee-shop',
    namingStrategy: new SnakeCaseNaming(),
    synchronize: false,
    installExtensions: false,
    // PostgreSQL has gen_random_uuid() since version 13, so no extension is installed.
    uuidExtension: 'pgcrypto',
    migrationsTableName: 'migrations',
    extra: {
      statement_timeout: STATEMENT_TIMEOUT_MS,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 5_000,
      idleTimeoutMillis: POOL_IDLE_TIMEOUT_MS,
      stream: () => socketWithIdleTimeout(SOCKET_IDLE_TIMEOUT_MS),
    },
  };
}
