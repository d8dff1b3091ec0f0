import type { Menu, Order, Shop } from '../api/types.js';
import type { Moves } from './moves.js';
import type { OpenStatus } from './status.js';

/** `expired`: the login ended, and the password is needed again. */
export type Connection = 'connecting' | 'live' | 'lost' | 'expired';

/** Why an order left the board while somebody may have been making it, and the column that still shows it. */
export interface Departure {
  column: OpenStatus;
  reason: 'cancelled' | 'missing';
}

export interface BoardState {
  connection: Connection;
  /** How far the shop's clock is ahead of this device's. */
  clockAheadMs: number;
  /** By id. Orders that left the board stay until the next snapshot, so that a late event does not bring them back. */
  orders: ReadonlyMap<string, Order>;
  truncated: boolean;
  menu: Menu | undefined;
  shop: Shop | undefined;
  moves: Moves;
  /** By order: why the last move was not made. They stay until the order moves or they are dismissed. */
  notices: ReadonlyMap<string, string>;
  /** By order. Their cards stay until they are dismissed. */
  departures: ReadonlyMap<string, Departure>;
}

export const EMPTY_BOARD: BoardState = {
  connection: 'connecting',
  clockAheadMs: 0,
  orders: new Map(),
  truncated: false,
  menu: undefined,
  shop: undefined,
  moves: new Map(),
  notices: new Map(),
  departures: new Map(),
};
