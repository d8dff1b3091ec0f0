import type { OrderSnapshot } from './order-snapshot.js';

/** The longest board. */
export const BOARD_SIZE = 500;

/** An order of the board, or one that was also asked for. */
export interface BoardEntry {
  id: string;
  /** Another one whenever the order changed as clients see it. */
  version: string;
  /** Whether the order is one of the oldest open orders. */
  isOnBoard: boolean;
  /** Undefined if the version is the one that the caller knows. */
  order: OrderSnapshot | undefined;
}

/** The oldest open orders, and those that were also asked for, at one moment. Oldest first. */
export interface Board {
  entries: BoardEntry[];
  /** Whether there are more open orders. */
  truncated: boolean;
}

/** The versions that the caller of a board knows, by order; null for an order that is only asked for. */
export type KnownVersions = ReadonlyMap<string, string | null>;
