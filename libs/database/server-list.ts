import pg from 'pg';
import { databaseServers, type SessionTarget } from '#config';
import { isRefusal } from './database-errors.js';
import { messageOf } from './error-message.js';
import { UnsuitableServer } from './unsuitable-server.js';

/** In ms. For the connection, and for the first statement on it: a pooler accepts clients before it has a server. */
export const CONNECT_TIMEOUT_MS = 2_000;

const STATE = `
  SELECT pg_is_in_recovery() AS "isStandby", current_setting('transaction_read_only')::boolean AS "isReadOnly"`;

/**
 * By the URL, so that all parts of the process know which server was found last: a dead one costs its time-out once. A failure of one
 * part moves all of them.
 */
const lists = new Map<string, ServerList>();

/** Returns the servers of a database URL of the configuration. */
export function serversOf(url: string): ServerList {
  const list = lists.get(url) ?? new ServerList(url);
  lists.set(url, list);
  return list;
}

/** The servers that a database URL names, as libpq uses them: the first that accepts a connection and is what the URL asks for. */
export class ServerList {
  readonly connectTimeoutMs: number;
  private readonly urls: string[];
  private readonly target: SessionTarget;
  /** Where the last connection succeeded. The next one is tried there first, so that a dead server costs its time-out once. */
  private currentIndex = 0;
  private finding: Promise<void> | undefined;

  constructor(url: string) {
    const { urls, target, connectTimeoutMs } = databaseServers(url);
    this.urls = urls;
    this.target = target;
    this.connectTimeoutMs = connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
  }

  /** The URL of the server that was found last. */
  get current(): string {
    return this.urls[this.currentIndex] ?? '';
  }

  get hasSeveral(): boolean {
    return this.urls.length > 1;
  }

  /**
   * Returns a connected client of the first suitable server, from the current one on.
   * @throws the error of a server that refuses the user or the database, or with several servers an AggregateError
   */
  async connect(options: pg.ClientConfig, first = this.currentIndex): Promise<pg.Client> {
    const errors: unknown[] = [];
    const messages: string[] = [];
    for (const offset of this.urls.keys()) {
      const index = (first + offset) % this.urls.length;
      try {
        return await this.connectTo(index, options);
      } catch (error) {
        if (isRefusal(error)) throw error;
        errors.push(error);
        messages.push(`${hostIn(this.urls[index])}: ${messageOf(error)}`);
      }
    }
    throw errors.length === 1 ? errors[0] : new AggregateError(errors, messages.join(', '));
  }

  /** Finds a suitable server after the current one failed, once for all who ask at the same time. */
  replaceCurrent(): Promise<void> {
    this.finding ??= this.connect({ query_timeout: CONNECT_TIMEOUT_MS }, this.currentIndex + 1)
      .then((client) => void client.end())
      .finally(() => (this.finding = undefined));
    return this.finding;
  }

  /** @throws UnsuitableServer if the server of a new connection is not what the URL asks for */
  async assertSuitable(client: pg.ClientBase): Promise<void> {
    if (this.target === 'any') return;
    // The types of pg have this option of a query for clients only.
    const query = { text: STATE, query_timeout: CONNECT_TIMEOUT_MS };
    const { rows } = await client.query<{ isStandby: boolean; isReadOnly: boolean }>(query);
    const { isStandby = false, isReadOnly = false } = rows[0] ?? {};
    const isSuitable = {
      'read-write': !isReadOnly,
      'read-only': isReadOnly,
      primary: !isStandby,
      standby: isStandby,
    }[this.target];
    if (!isSuitable) throw new UnsuitableServer(this.target);
  }

  private async connectTo(index: number, options: pg.ClientConfig): Promise<pg.Client> {
    const client = new pg.Client({
      ...options,
      connectionString: this.urls[index],
      connectionTimeoutMillis: this.connectTimeoutMs,
    });
    // An error without a listener ends the process.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await this.assertSuitable(client);
      this.currentIndex = index;
      return client;
    } catch (error) {
      void client.end();
      throw error;
    }
  }
}

function hostIn(url = ''): string {
  const { host, searchParams } = new URL(url);
  return searchParams.get('host') ?? host;
}
