import type { Board, KnownVersions } from '#orders';
import { OrderDto } from '../orders/dto/order.dto.js';
import type { News } from './board-news.js';
import { eventOf } from './event-stream.js';

/** An order as it was sent. */
interface SentOrder {
  version: string;
  json: string;
}

/** What the streams have been sent, and what the latest wave changed in it. Renders each order and each event once for all streams. */
export class BoardState {
  /** The orders of the board and those that are followed, by their ids, oldest first. */
  private orders: ReadonlyMap<string, SentOrder> = new Map();
  private board: ReadonlySet<string> = new Set();
  private isTruncated = false;
  /** Whether the latest wave changed `truncated`, which no event but the snapshot has. */
  private isCutChanged = false;
  private news: News = new Map();
  private changed: ReadonlySet<string> = new Set();
  /** The events of the latest wave for the board. */
  private boardEvents: string[] = [];
  private boardBytes: { snapshot?: Buffer; changes?: Buffer } = {};

  /** Returns what the next state must contain: the orders on the board, and those that are followed. */
  versionsOf(followedIds: readonly string[]): KnownVersions {
    return new Map([...this.board, ...followedIds].map((id) => [id, this.orders.get(id)?.version ?? null]));
  }

  /** Takes over a later state of the database, which was asked for with `versionsOf`. */
  apply({ entries, truncated }: Board, news: News): void {
    const { orders: before, board: boardBefore, news: newsBefore } = this;
    this.orders = new Map(
      entries.map(({ id, version, order }) => {
        const json = order ? JSON.stringify(OrderDto.from(order)) : before.get(id)?.json;
        if (json === undefined) throw new Error('The board lacks an order that was never sent');
        return [id, { version, json }];
      }),
    );
    this.board = new Set(entries.flatMap(({ id, isOnBoard }) => (isOnBoard ? id : [])));
    this.isCutChanged = truncated !== this.isTruncated;
    this.isTruncated = truncated;
    this.news = news;
    this.changed = new Set(
      [...this.orders].flatMap(([id, { json }]) => (before.get(id)?.json === json ? [] : id)),
    );
    const isNews = (id: string): boolean => (boardBefore.has(id) ? this.changed.has(id) : this.board.has(id));
    this.boardEvents = [
      ...[...this.orders].filter(([id]) => isNews(id)).map(([, { json }]) => eventOf('order', json)),
      ...[...news]
        .filter(([name, json]) => newsBefore.get(name) !== json)
        .map(([name, json]) => eventOf(name, json)),
    ];
    this.boardBytes = {};
  }

  /** Returns the snapshot of an order, or of the board. */
  snapshot(orderId?: string): Buffer {
    if (orderId !== undefined)
      return Buffer.from(eventOf('snapshot', this.orders.get(orderId)?.json ?? 'null'));
    return (this.boardBytes.snapshot ??= Buffer.from(eventOf('snapshot', this.renderBoard())));
  }

  /** Returns whether the latest wave changed what only a snapshot tells. */
  needsSnapshot(orderId?: string): boolean {
    return orderId === undefined && this.isCutChanged;
  }

  /** Returns what the latest wave changed in an order, or on the board; undefined if nothing. */
  changes(orderId?: string): Buffer | undefined {
    if (orderId !== undefined) {
      const json = this.changed.has(orderId) ? this.orders.get(orderId)?.json : undefined;
      return json === undefined ? undefined : Buffer.from(eventOf('order', json));
    }
    if (this.boardEvents.length === 0) return undefined;
    return (this.boardBytes.changes ??= Buffer.from(this.boardEvents.join('')));
  }

  /** The body of GET /admin/board. */
  private renderBoard(): string {
    const orders = [...this.board].map((id) => this.orders.get(id)?.json);
    return `{"orders":[${orders.join(',')}],"truncated":${this.isTruncated}}`;
  }
}
