import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { Config } from '#config';
import { socketWithIdleTimeout } from './socket-with-idle-timeout.js';

const RECONNECT_AFTER_MS = 1_000;
const HEARTBEAT_MS = 1_000;
/** Some heartbeats without an answer: the connection is not trusted any longer. */
const SILENCE_MS = 4_000;

/**
 * PgPubSub between processes over PostgreSQL's LISTEN and NOTIFY, on one connection of its own that is opened with the first listener
 * and comes back by itself. A signal is a hint that something changed, never the only way to learn of it.
 */
@Injectable()
export class PgPubSub implements OnApplicationShutdown {
  private readonly log = new Logger(PgPubSub.name);
  private readonly listeners = new Map<string, () => void>();
  private client: pg.Client | undefined;
  private reconnecting: NodeJS.Timeout | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private stopped = false;
  private live = false;

  constructor(
    private readonly config: Config,
    private readonly dataSource: DataSource,
  ) {}

  /** Whether signals arrive now; while they don't, what depends on them must not trust what it remembers. */
  get areLive(): boolean {
    return this.live;
  }

  /** Calls `listener` at each signal, and once at each (re)connection, since signals may have been missed. */
  async listen(channel: string, listener: () => void): Promise<void> {
    this.listeners.set(channel, listener);
    // Should the connection be lost just now, the next one listens to every channel.
    if (this.live) await this.client?.query(`LISTEN ${channel}`).catch(() => undefined);
    else if (!this.client) await this.connect();
  }

  /** Sends a signal outside any transaction: NOTIFY within one would make all commits wait for each other. */
  async send(channel: string): Promise<void> {
    await this.dataSource.query('SELECT pg_notify($1, $2)', [channel, '']);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.reconnecting);
    clearTimeout(this.heartbeat);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.config.databaseUrl,
      application_name: 'coffee-shop signals',
      connectionTimeoutMillis: 2_000,
      stream: () => socketWithIdleTimeout(SILENCE_MS),
    });
    this.client = client;
    client.on('error', (error) => this.log.warn('The signal connection was lost', { reason: error.message }));
    client.on('end', () => this.reconnect());
    client.on('notification', ({ channel }) => this.listeners.get(channel)?.());
    try {
      await client.connect();
      for (const channel of this.listeners.keys()) await client.query(`LISTEN ${channel}`);
      this.live = true;
      this.beat(client);
      for (const listener of this.listeners.values()) listener();
    } catch (error) {
      this.log.warn('No signal connection yet', {
        reason: error instanceof Error ? error.message : String(error),
      });
      this.reconnect();
    }
  }

  /** Keeps the connection from falling silent while it is well; the socket gives it up where no beat is answered. */
  private beat(client: pg.Client): void {
    this.heartbeat = setTimeout(() => {
      client.query('SELECT 1').then(
        () => this.beat(client),
        () => undefined,
      );
    }, HEARTBEAT_MS);
  }

  private reconnect(): void {
    this.live = false;
    clearTimeout(this.heartbeat);
    clearTimeout(this.reconnecting);
    if (!this.stopped) this.reconnecting = setTimeout(() => void this.connect(), RECONNECT_AFTER_MS);
  }
}
