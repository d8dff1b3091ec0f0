import type { Order } from '../api/types.js';
import { EMPTY_BOARD, type BoardState } from '../state/board-state.js';
import { cardsIn } from '../state/cards.js';
import { reduce, type Action } from '../state/reducer.js';
import { COLUMNS } from '../state/status.js';

export function orderWith(fields: Partial<Order>): Order {
  return {
    id: 'a',
    customer_id: 'c',
    status: 'waiting',
    number: 42,
    pickup_name: 'Ada',
    note: null,
    metadata: null,
    items: [],
    payment: { id: 'p', amount_cents: 0, response_status_code: null },
    total_cents: 0,
    refunded_cents: 0,
    cancellation: null,
    created_at: '2026-11-25T08:00:00Z',
    updated_at: '2026-11-25T08:00:00Z',
    ...fields,
  };
}

export const WAITING = orderWith({ status: 'waiting' });
export const MOVED = orderWith({ status: 'preparation' });
export const LIVE: Action = { type: 'connection', connection: 'live' };
export const LOST: Action = { type: 'connection', connection: 'lost' };
export const MOVE = { type: 'move' as const, orderId: 'a', now: 1000 } satisfies Action;
export const SENT: Action = { type: 'sent', orderId: 'a' };

export function snapshotOf(...orders: Order[]): Action {
  return { type: 'snapshot', board: { orders, truncated: false } };
}

export const SNAPSHOT = snapshotOf(WAITING);

export function after(...actions: Action[]): BoardState {
  return actions.reduce(reduce, EMPTY_BOARD);
}

/** Returns the ids of the orders in each column. */
export function columns(state: BoardState): string[][] {
  return COLUMNS.map(({ status }) => cardsIn(status, state).map(({ order }) => order.id));
}
