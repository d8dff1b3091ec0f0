import type { Board, Menu, Order, Shop } from '../api/types.js';
import { UNDO_MS, type Moves } from './moves.js';
import { columnOf, isBefore, type OpenStatus } from './status.js';
import { without } from './without.js';

/** `expired`: the login ended, and the password is needed again. */
export type Connection = 'connecting' | 'live' | 'lost' | 'expired';

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
  /** By order: why the last change was not made. */
  notices: ReadonlyMap<string, string>;
  /** The orders that somebody cancelled, with the column in which they stay until they are dismissed. */
  cancelled: ReadonlyMap<string, OpenStatus>;
}

export type Action =
  | { type: 'snapshot'; board: Board }
  | { type: 'order'; order: Order }
  | { type: 'menu'; menu: Menu }
  | { type: 'shop'; shop: Shop }
  | { type: 'connection'; connection: Connection }
  | { type: 'clock'; aheadMs: number }
  | { type: 'move'; orderId: string; now: number }
  | { type: 'undo'; orderId: string }
  | { type: 'sent'; orderId: string }
  | { type: 'refused'; orderId: string; reason: string }
  | { type: 'dismissed'; orderId: string };

export const EMPTY_BOARD: BoardState = {
  connection: 'connecting',
  clockAheadMs: 0,
  orders: new Map(),
  truncated: false,
  menu: undefined,
  shop: undefined,
  moves: new Map(),
  notices: new Map(),
  cancelled: new Map(),
};

/** Returns the state after an action. What the API said always wins over what the board only assumes. */
export function reduce(state: BoardState, action: Action): BoardState {
  switch (action.type) {
    case 'snapshot':
      return replaceOrders(state, action.board);
    case 'order':
      return putOrder(state, action.order);
    case 'menu':
      return { ...state, menu: action.menu };
    case 'shop':
      return { ...state, shop: action.shop };
    case 'connection':
      return connect(state, action.connection);
    case 'clock':
      return { ...state, clockAheadMs: action.aheadMs };
    case 'move':
      return move(state, action.orderId, action.now);
    case 'undo':
      return {
        ...state,
        moves: without(state.moves, (orderId, { isSent }) => orderId === action.orderId && !isSent),
      };
    case 'sent':
      return markSent(state, action.orderId);
    case 'refused':
      return refuse(state, [action.orderId], action.reason);
    case 'dismissed':
      return dismiss(state, action.orderId);
  }
}

function replaceOrders(state: BoardState, { orders, truncated }: Board): BoardState {
  const kept = [...state.orders.values()].filter(({ id }) => state.cancelled.has(id));
  const next = {
    ...state,
    truncated,
    orders: new Map([...kept, ...orders].map((order) => [order.id, order])),
  };
  return {
    ...next,
    moves: without(state.moves, (orderId, { from }) => next.orders.get(orderId)?.status !== from),
  };
}

function putOrder(state: BoardState, order: Order): BoardState {
  const known = state.orders.get(order.id);
  if (known && isBefore(order.status, known.status)) return state;
  const column = known && columnOf(known.status);
  const isCancelled = order.status === 'cancelled' && column !== undefined;
  return {
    ...state,
    orders: new Map(state.orders).set(order.id, order),
    // Why it did not move no longer matters once it has.
    notices: without(state.notices, (id) => id === order.id && order.status !== known?.status),
    moves: without(state.moves, (orderId, { from }) => orderId === order.id && order.status !== from),
    cancelled: isCancelled ? new Map(state.cancelled).set(order.id, column.status) : state.cancelled,
  };
}

/** What was not sent before the connection was lost is not sent later: nobody would expect it then. */
function connect(state: BoardState, connection: Connection): BoardState {
  const next = { ...state, connection };
  if (connection === 'live') return next;
  const unsent = [...state.moves].filter(([, { isSent }]) => !isSent).map(([orderId]) => orderId);
  return refuse(next, unsent, 'Not moved on: the connection was lost.');
}

function move(state: BoardState, orderId: string, now: number): BoardState {
  const order = state.orders.get(orderId);
  const column = order && columnOf(order.status);
  if (!column || state.connection !== 'live' || state.moves.has(orderId)) return state;
  const next = { from: column.status, to: column.next, dueAt: now + UNDO_MS, isSent: false };
  return {
    ...state,
    moves: new Map(state.moves).set(orderId, next),
    notices: without(state.notices, (id) => id === orderId),
  };
}

function markSent(state: BoardState, orderId: string): BoardState {
  const unsent = state.moves.get(orderId);
  return unsent ? { ...state, moves: new Map(state.moves).set(orderId, { ...unsent, isSent: true }) } : state;
}

function refuse(state: BoardState, orderIds: string[], reason: string): BoardState {
  return {
    ...state,
    moves: without(state.moves, (orderId) => orderIds.includes(orderId)),
    notices: new Map([...state.notices, ...orderIds.map((orderId) => [orderId, reason] as const)]),
  };
}

function dismiss(state: BoardState, orderId: string): BoardState {
  return {
    ...state,
    notices: without(state.notices, (id) => id === orderId),
    cancelled: without(state.cancelled, (id) => id === orderId),
  };
}
