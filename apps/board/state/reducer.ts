import type { Board, Menu, Order, Shop } from '../api/types.js';
import type { BoardState, Connection } from './board-state.js';
import { UNDO_MS } from './moves.js';
import { putOrder, replaceOrders } from './orders.js';
import { columnOf } from './status.js';
import { without } from './without.js';

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

/** Drops the moves that were not sent before the connection was lost: sent later, they would surprise. */
function connect(state: BoardState, connection: Connection): BoardState {
  const next = { ...state, connection };
  if (connection === 'live') return next;
  const unsent = [...state.moves].filter(([, { isSent }]) => !isSent).map(([orderId]) => orderId);
  return refuse(next, unsent, 'Not moved on: the connection was lost.');
}

function move(state: BoardState, orderId: string, now: number): BoardState {
  const column = columnOf(state.orders.get(orderId)?.status);
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

/** Ends moves with a notice. A move that has ended already was made: its answer came too late or got lost. */
function refuse(state: BoardState, orderIds: string[], reason: string): BoardState {
  const refused = orderIds.filter((orderId) => state.moves.has(orderId));
  if (refused.length === 0) return state;
  return {
    ...state,
    moves: without(state.moves, (orderId) => refused.includes(orderId)),
    notices: new Map([...state.notices, ...refused.map((orderId) => [orderId, reason] as const)]),
  };
}

/** Removes the notice of an order, and its card if it left the board. */
function dismiss(state: BoardState, orderId: string): BoardState {
  const isMissing = state.departures.get(orderId)?.reason === 'missing';
  return {
    ...state,
    orders: without(state.orders, (id) => id === orderId && isMissing),
    notices: without(state.notices, (id) => id === orderId),
    departures: without(state.departures, (id) => id === orderId),
  };
}
