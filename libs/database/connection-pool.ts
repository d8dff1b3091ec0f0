import { Logger } from '@nestjs/common';
import pg from 'pg';
import { isTracing } from '#tracing';
import { makesConnectionUnusable } from './database-errors.js';
import { traceQueries } from './query-spans.js';

/**
 * Listens on each client for its whole life: a backend that ends under a checked-out client emits an error on that client, and an
 * error without a listener ends the process (https://node-postgres.com/apis/client#events). Also removes clients whose server
 * cannot serve them any more although the connection stays open, such as a primary that became a standby.
 */
export class ConnectionPool extends pg.Pool {
  constructor(options: pg.PoolConfig) {
    super(options);
    const log = new Logger('Database');
    const unusable = new WeakSet<pg.Client>();
    this.on('connect', (client) => {
      if (isTracing()) traceQueries(client);
      client.on('error', (error) => {
        log.warn('A database connection was lost', { reason: error.message });
      });
      client.connection.on('errorMessage', (error: unknown) => {
        if (makesConnectionUnusable(error)) unusable.add(client);
      });
    });
    this.on('release', (_, client) => {
      // The pool removes a client that is ending.
      if (unusable.has(client)) void client.end();
    });
  }
}
