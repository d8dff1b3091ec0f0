import { isNativeError } from 'node:util/types';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { isTracing } from '#tracing';
import { isPoolExhausted, isRefusal, makesConnectionUnusable } from './database-errors.js';
import { traceQueries } from './query-spans.js';
import { serversOf, type ServerList } from './server-list.js';

/** The types of pg do not say that the pool waits for `onConnect`. */
type PoolOptions = Omit<pg.PoolConfig, 'onConnect'> & {
  onConnect?: (client: pg.ClientBase) => Promise<void>;
};
type Callback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;

/**
 * A pool of connections to the first suitable server of its URL. If that fails, new connections go to the next one.
 * Listens on each client for its whole life: a backend that ends under a checked-out client emits an error on that client, and an
 * error without a listener ends the process (https://node-postgres.com/apis/client#events). Also removes clients whose server
 * cannot serve them any more although the connection stays open, such as a primary that became a standby.
 */
export class ConnectionPool extends pg.Pool {
  private readonly servers: ServerList;

  constructor({ connectionString = '', onConnect, ...options }: PoolOptions) {
    const servers = serversOf(connectionString);
    const pool: PoolOptions = {
      ...options,
      connectionString: servers.current,
      connectionTimeoutMillis: servers.connectTimeoutMs,
      onConnect: async (client) => {
        await servers.assertSuitable(client);
        await onConnect?.(client);
      },
    };
    super(pool);
    this.servers = servers;
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

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<pg.PoolClient> | void {
    const connecting = this.servers.hasSeveral ? this.connectToSuitable() : super.connect();
    if (!callback) return connecting;
    connecting.then(
      (client) => callback(undefined, client, (error) => client.release(error)),
      (error: unknown) => callback(toError(error), undefined, () => undefined),
    );
  }

  private async connectToSuitable(): Promise<pg.PoolClient> {
    const { current } = this.servers;
    this.options.connectionString = current;
    try {
      return await super.connect();
    } catch (error) {
      if (this.ending || isPoolExhausted(error) || isRefusal(error)) throw error;
      if (this.servers.current === current) await this.servers.replaceCurrent();
      this.options.connectionString = this.servers.current;
      return super.connect();
    }
  }
}

function toError(error: unknown): Error {
  return isNativeError(error) ? error : new Error(String(error));
}
