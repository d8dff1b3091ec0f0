import type { Board, Order } from '../api/types.js';
import type { BoardState, Departure } from './board-state.js';
import { columnOf, isBefore } from './status.js';
import { without } from './without.js';

/** Returns the state after a snapshot. An order that somebody may be making stays, marked, if the snapshot lacks it. */
export function replaceOrders(state: BoardState, { orders, truncated }: Board): BoardState {
  const listed = new Map(orders.map((order) => [order.id, latest(order, state.orders.get(order.id))]));
  const departures = new Map([
    ...[...state.departures].filter(([id]) => !columnOf(listed.get(id)?.status)),
    ...missingIn(listed, state),
  ]);
  const kept = [...state.orders].filter(([id]) => departures.has(id));
  const next = new Map([...kept, ...listed]);
  return {
    ...state,
    truncated,
    orders: next,
    departures,
    notices: without(state.notices, (id) => next.get(id)?.status !== state.orders.get(id)?.status),
    moves: without(state.moves, (id, { from }) => listed.get(id)?.status !== from),
  };
}

/** Returns the state after a change of an order. */
export function putOrder(state: BoardState, order: Order): BoardState {
  const known = state.orders.get(order.id);
  if (latest(order, known) !== order) return state;
  return {
    ...state,
    orders: new Map(state.orders).set(order.id, order),
    // Why it did not move no longer matters once it has.
    notices: without(state.notices, (id) => id === order.id && order.status !== known?.status),
    moves: without(state.moves, (id, { from }) => id === order.id && order.status !== from),
    departures: departuresAfter(state, order, known),
  };
}

/** What is known may be newer: the answer to a move can overtake a snapshot or an event. */
function latest(order: Order, known: Order | undefined): Order {
  return known && isBefore(order.status, known.status) ? known : order;
}

function missingIn(listed: ReadonlyMap<string, Order>, { orders }: BoardState): [string, Departure][] {
  return [...orders.values()].flatMap(({ id, status }) => {
    const column = columnOf(status);
    // What was ready has most likely been handed over.
    if (listed.has(id) || !column || column.status === 'ready') return [];
    return [[id, { column: column.status, reason: 'missing' }]];
  });
}

function departuresAfter({ departures }: BoardState, order: Order, known: Order | undefined) {
  if (order.status !== 'cancelled') return without(departures, (id) => id === order.id);
  const column = columnOf(known?.status);
  return column
    ? new Map(departures).set(order.id, { column: column.status, reason: 'cancelled' })
    : departures;
}
