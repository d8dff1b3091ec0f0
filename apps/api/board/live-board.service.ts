import type { ServerResponse } from 'node:http';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { VerifiedClaims } from '#auth';
import { PgPubSub } from '#database';
import { Metrics } from '#metrics';
import { OrdersService } from '#orders';
import { ORDERS_CHANGED } from '#refunds';
import { outsideSpans } from '#tracing';
import { Shutdown, ShuttingDown } from '../http/shutdown.js';
import { BoardNews, NEWS_CHANNELS } from './board-news.js';
import { BoardState } from './board-state.js';
import { EventStream } from './event-stream.js';
import { StreamAccess } from './stream-access.js';
import { Waves } from './waves.js';

/** A stream of the board, or of one order. */
interface Follower {
  stream: EventStream;
  orderId: string | undefined;
  /** Whether it has its snapshot. */
  isCurrent: boolean;
}

/**
 * The live board of one process, by state (docs/decisions/0033-live-board.md). While somebody listens, each wave reads the open orders
 * and the followed ones in one query, compares them with what was sent, and sends what changed to all streams.
 */
@Injectable()
export class LiveBoard implements OnModuleInit {
  private readonly followers = new Set<Follower>();
  private readonly log = new Logger(LiveBoard.name);
  private readonly waves = new Waves(
    () => outsideSpans(() => this.runWave()),
    () => this.endStreams(),
  );
  private state = new BoardState();

  constructor(
    private readonly orders: OrdersService,
    private readonly news: BoardNews,
    private readonly access: StreamAccess,
    private readonly pubSub: PgPubSub,
    private readonly shutdown: Shutdown,
    metrics: Metrics,
  ) {
    metrics.gauge({ name: 'event_streams_open', help: 'Open streams of the board and of orders' }, () => [
      { value: this.followers.size },
    ]);
    // Clients reconnect to another process, or once more to this one while it still serves.
    for (const step of [shutdown.leaving, shutdown.closing])
      step.addEventListener('abort', () => this.endStreams());
  }

  async onModuleInit(): Promise<void> {
    for (const channel of [ORDERS_CHANGED, ...NEWS_CHANNELS])
      await this.pubSub.subscribe(channel, () => this.waves.request());
  }

  /**
   * Writes the events of an order, or without `orderId` those of the board, as the response. The snapshot comes from a wave that starts
   * after this call. The caller checks the right to read.
   * @throws ShuttingDown
   */
  open(response: ServerResponse, access: VerifiedClaims, orderId?: string): void {
    if (this.shutdown.closing.aborted) throw new ShuttingDown();
    const stream = new EventStream(response);
    if (!stream.isOpen) return;
    const follower = { stream, orderId, isCurrent: false };
    this.followers.add(follower);
    stream.onClose(() => this.remove(follower));
    this.access.watch(stream, access);
    this.waves.start();
    this.waves.request();
  }

  private remove(follower: Follower): void {
    this.followers.delete(follower);
    if (this.followers.size > 0) return;
    this.waves.stop();
    this.state = new BoardState();
  }

  private async runWave(): Promise<void> {
    const { state } = this;
    const followers = [...this.followers];
    const followed = followers.flatMap(({ orderId }) => orderId ?? []);
    const [board, news] = await Promise.all([
      this.orders.board(state.versionsOf(followed)),
      this.news.read(),
    ]);
    state.apply(board, news);
    for (const follower of followers) this.send(follower, state);
  }

  /** Never throws: the other followers get theirs. */
  private send(follower: Follower, state: BoardState): void {
    const { stream, orderId, isCurrent } = follower;
    try {
      const changes = isCurrent ? state.changes(orderId) : undefined;
      if (changes) stream.write(changes);
      if (!isCurrent || state.needsSnapshot(orderId)) stream.writeSnapshot(state.snapshot(orderId));
      follower.isCurrent = true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.log.error('A stream of the live board failed', { reason });
      stream.end();
    }
  }

  private endStreams(): void {
    for (const { stream } of this.followers) stream.end();
  }
}
