import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { Config } from '#config';
import { messageOf } from './error-message.js';
import { serversOf } from './server-list.js';
import { socketWithIdleTimeout } from './socket-with-idle-timeout.js';

const RECONNECT_AFTER_MS = 1_000;
const HEARTBEAT_MS = 1_000;
/** A few heartbeats. */
const HEARTBEAT_TIMEOUT_MS = 3_000;
/** Longer than HEARTBEAT_TIMEOUT_MS: a connection without any heartbeat is replaced. */
const SOCKET_IDLE_TIMEOUT_MS = 4_000;
const NOT_DELIVERED =
  'LISTEN succeeded, but its messages are not delivered: behind a transaction pooler, set DATABASE_DIRECT_URL';

/** Receives a message's payload, or undefined after a (re)connection, because messages may have been missed. */
export type Listener = (payload?: string) => void;

/**
 * Publish and subscribe between processes over PostgreSQL's LISTEN and NOTIFY.
 * It listens on a connection outside the pool, which opens with the first subscription and reconnects by itself.
 * Every second it publishes a heartbeat to itself through the pool. Only its return proves that messages arrive: behind a pooler in
 * transaction mode, LISTEN succeeds and no message is delivered.
 * Delivery is not guaranteed: a subscriber must also poll, or distrust its state while `isConnected` is false.
 */
@Injectable()
export class PgPubSub implements OnApplicationShutdown {
  private readonly log = new Logger(PgPubSub.name);
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly heartbeatChannel = `heartbeat_${randomUUID().replaceAll('-', '')}`;
  private client: pg.Client | undefined;
  /** Since when heartbeats should come back: the current client listens to every channel, and they are sent. */
  private heartbeatsDueSince: number | undefined;
  /** When the newest heartbeat that came back was sent. Messages that were sent before it have arrived. */
  private heartbeatSentAt = -Infinity;
  private reconnectTimer: NodeJS.Timeout | undefined;
  private heartbeatTimer: NodeJS.Timeout | undefined;
  private isLossLogged = false;
  private stopped = false;

  constructor(
    private readonly config: Config,
    private readonly dataSource: DataSource,
  ) {}

  /** Whether messages are received now. */
  get isConnected(): boolean {
    return performance.now() - this.heartbeatSentAt < HEARTBEAT_TIMEOUT_MS;
  }

  /** Calls `listener` for each message on the channel, and once after each (re)connection. */
  async subscribe(channel: string, listener: Listener): Promise<void> {
    const isFirst = this.listeners.size === 0;
    const listeners = this.listeners.get(channel) ?? new Set();
    this.listeners.set(channel, listeners.add(listener));
    if (isFirst) await this.connect();
    // The next connection listens to every channel.
    else if (this.heartbeatsDueSince !== undefined)
      await this.client?.query(`LISTEN ${channel}`).catch(() => void this.client?.end());
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
    const options = {
      application_name: 'coffee-shop signals',
      stream: () => socketWithIdleTimeout(SOCKET_IDLE_TIMEOUT_MS),
    };
    try {
      const client = await serversOf(this.config.directDatabaseUrl).connect(options);
      if (this.stopped) return void client.end();
      this.use(client);
      await client.query(`LISTEN ${this.heartbeatChannel}`);
      // Also visits the channels that are added during the loop.
      for (const channel of this.listeners.keys()) await client.query(`LISTEN ${channel}`);
      this.heartbeatsDueSince = performance.now();
      void this.sendHeartbeats(client);
    } catch (error) {
      this.logLoss(messageOf(error));
      void this.client?.end();
      this.client = undefined;
      this.reconnect();
    }
  }

  private use(client: pg.Client): void {
    this.client = client;
    client.on('error', (error) => this.logLoss(error.message));
    client.on('end', () => {
      // The end of a failed client must not interrupt the next one.
      if (client === this.client) this.reconnect();
    });
    client.on('notification', ({ channel, payload }) => {
      if (channel === this.heartbeatChannel) this.receiveHeartbeat(Number(payload));
      else this.notify(this.listeners.get(channel) ?? [], payload);
    });
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

  /** Also keeps a healthy connection from its idle timeout; a broken one runs into it. */
  private async sendHeartbeats(client: pg.Client): Promise<void> {
    const failure = await this.publish(this.heartbeatChannel, String(performance.now())).then(
      () => undefined,
      messageOf,
    );
    if (client !== this.client || this.heartbeatsDueSince === undefined || this.stopped) return;
    const silence = performance.now() - Math.max(this.heartbeatsDueSince, this.heartbeatSentAt);
    if (failure !== undefined) {
      this.heartbeatsDueSince = performance.now();
      if (!this.isConnected) this.logLoss(failure);
    } else if (silence > HEARTBEAT_TIMEOUT_MS) this.logLoss(NOT_DELIVERED);
    this.heartbeatTimer = setTimeout(() => void this.sendHeartbeats(client), HEARTBEAT_MS);
  }

  private receiveHeartbeat(sentAt: number): void {
    const wasConnected = this.isConnected;
    const isFresh = performance.now() - sentAt < HEARTBEAT_TIMEOUT_MS;
    this.heartbeatSentAt = sentAt;
    if (wasConnected || !isFresh) return;
    if (this.isLossLogged) this.log.log('Notifications from the database arrive again');
    this.isLossLogged = false;
    for (const listeners of this.listeners.values()) this.notify(listeners);
  }

  private reconnect(): void {
    this.heartbeatsDueSince = undefined;
    this.heartbeatSentAt = -Infinity;
    clearTimeout(this.heartbeatTimer);
    clearTimeout(this.reconnectTimer);
    if (!this.stopped) this.reconnectTimer = setTimeout(() => void this.connect(), RECONNECT_AFTER_MS);
  }

  /** Once per loss, not once per attempt to reconnect. */
  private logLoss(reason: string): void {
    if (this.isLossLogged || this.stopped) return;
    this.isLossLogged = true;
    this.log.warn('No notifications arrive from the database, so that nothing is cached', { reason });
  }
}
