import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { Config } from '#config';
import { socketWithIdleTimeout } from './socket-with-idle-timeout.js';

const RECONNECT_AFTER_MS = 1_000;
const HEARTBEAT_MS = 1_000;
/** A few heartbeats without a response. */
const SOCKET_IDLE_TIMEOUT_MS = 4_000;

/** Receives a message's payload, or undefined after a (re)connection, because messages may have been missed. */
export type Listener = (payload?: string) => void;

/**
 * Publish and subscribe between processes over PostgreSQL's LISTEN and NOTIFY.
 * It listens on a connection outside the pool, which opens with the first subscription and reconnects by itself.
 * Delivery is not guaranteed: a subscriber must also poll, or distrust its state while `isConnected` is false.
 */
@Injectable()
export class PgPubSub implements OnApplicationShutdown {
  private readonly log = new Logger(PgPubSub.name);
  private readonly listeners = new Map<string, Set<Listener>>();
  private client: pg.Client | undefined;
  private reconnectTimer: NodeJS.Timeout | undefined;
  private heartbeatTimer: NodeJS.Timeout | undefined;
  private stopped = false;
  private connected = false;

  constructor(
    private readonly config: Config,
    private readonly dataSource: DataSource,
  ) {}

  /** Whether messages are received now. */
  get isConnected(): boolean {
    return this.connected;
  }

  /** Calls `listener` for each message on the channel, and once after each (re)connection. */
  async subscribe(channel: string, listener: Listener): Promise<void> {
    const listeners = this.listeners.get(channel) ?? new Set();
    this.listeners.set(channel, listeners.add(listener));
    // If the connection is lost at this moment, the next one listens to every channel.
    if (this.connected) await this.client?.query(`LISTEN ${channel}`).catch(() => undefined);
    else if (!this.client) await this.connect();
  }

  /** Sends a message outside any transaction: NOTIFY inside one makes all commits wait for each other. */
  async publish(channel: string, payload = ''): Promise<void> {
    await this.dataSource.query('SELECT pg_notify($1, $2)', [channel, payload]);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.reconnectTimer);
    clearTimeout(this.heartbeatTimer);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.config.databaseUrl,
      application_name: 'coffee-shop signals',
      connectionTimeoutMillis: 2_000,
      stream: () => socketWithIdleTimeout(SOCKET_IDLE_TIMEOUT_MS),
    });
    this.client = client;
    client.on('error', (error) =>
      this.log.warn('The subscription connection was lost', { reason: error.message }),
    );
    client.on('end', () => this.reconnect());
    client.on('notification', ({ channel, payload }) => {
      this.notify(this.listeners.get(channel) ?? [], payload);
    });
    try {
      await client.connect();
      for (const channel of this.listeners.keys()) await client.query(`LISTEN ${channel}`);
      this.connected = true;
      this.sendHeartbeat(client);
      for (const listeners of this.listeners.values()) this.notify(listeners);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.log.warn('No subscription connection yet', { reason });
      this.reconnect();
    }
  }

  /** A listener that throws must not keep the others from their message. */
  private notify(listeners: Iterable<Listener>, payload?: string): void {
    for (const listener of listeners) {
      try {
        listener(payload);
      } catch (error) {
        this.log.error(error);
      }
    }
  }

  /** Keeps a healthy connection from its idle timeout; a broken one runs into it. */
  private sendHeartbeat(client: pg.Client): void {
    this.heartbeatTimer = setTimeout(() => {
      client.query('SELECT 1').then(
        () => this.sendHeartbeat(client),
        () => undefined,
      );
    }, HEARTBEAT_MS);
  }

  private reconnect(): void {
    this.connected = false;
    clearTimeout(this.heartbeatTimer);
    clearTimeout(this.reconnectTimer);
    if (!this.stopped) this.reconnectTimer = setTimeout(() => void this.connect(), RECONNECT_AFTER_MS);
  }
}
