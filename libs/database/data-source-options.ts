import { Logger } from '@nestjs/common';
import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { socketWithIdleTimeout } from './socket-with-idle-timeout.js';
import { PreparingClient } from './preparing-client.js';
import { SnakeCaseNaming } from './snake-case.naming.js';

/** Small, since no connection is ever held over a provider's call; a busy shop needs few. */
const POOL_SIZE = 10;
const STATEMENT_TIMEOUT_MS = 5_000;
/** Before silence would look like a fault. */
const IDLE_TIMEOUT_MS = 6_000;
/** A server that lives has answered or given the statement up by then. */
const SILENCE_MS = 8_000;

/**
 * A backend that is terminated under a checked-out client emits an error on that client; without a listener it ends the process
 * (https://node-postgres.com/apis/client#events). This pool's listener stays for the client's whole life.
 */
class ResilientPool extends pg.Pool {
  constructor(options: pg.PoolConfig) {
    super({ ...options, Client: PreparingClient });
    const log = new Logger('Database');
    this.on('connect', (client) => {
      client.on('error', (error) => {
        log.warn('A database connection was lost', { reason: error.message });
      });
    });
  }
}

/** How every part of the product reaches PostgreSQL: limits in ms, so that nothing waits for ever. */
export function dataSourceOptions(url: string): DataSourceOptions & { type: 'postgres' } {
  return {
    type: 'postgres',
    url,
    driver: { ...pg, Pool: ResilientPool },
    poolSize: POOL_SIZE,
    connectTimeoutMS: 2_000,
    applicationName: 'coffee-shop',
    namingStrategy: new SnakeCaseNaming(),
    synchronize: false,
    installExtensions: false,
    // gen_random_uuid() is PostgreSQL's own since 13; no extension is needed for it.
    uuidExtension: 'pgcrypto',
    migrationsTableName: 'migrations',
    extra: {
      statement_timeout: STATEMENT_TIMEOUT_MS,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 5_000,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      stream: () => socketWithIdleTimeout(SILENCE_MS),
    },
  };
}
