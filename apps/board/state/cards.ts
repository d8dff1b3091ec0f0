import type { Order } from '../api/types.js';
import type { BoardState, Departure } from './board-state.js';
import type { Move } from './moves.js';
import type { OpenStatus } from './status.js';

/** An order as the board shows it. */
export interface Card {
  order: Order;
  move: Move | undefined;
  notice: string | undefined;
  /** Why it is no longer on the board. */
  departure: Departure['reason'] | undefined;
}

/** Returns the cards of a column, oldest first. A moved order stays in its place while that can be undone. */
export function cardsIn(column: OpenStatus, { orders, moves, notices, departures }: BoardState): Card[] {
  return [...orders.values()]
    .map((order) => ({
      order,
      move: moves.get(order.id),
      notice: notices.get(order.id),
      departure: departures.get(order.id)?.reason,
    }))
    .filter(({ order, move }) => {
      const status = move?.isSent ? move.to : order.status;
      return (departures.get(order.id)?.column ?? status) === column;
    })
    .sort((a, b) => compare(a.order, b.order));
}

/** Returns how many orders of a column are open: without those that left the board. */
export function countIn(column: OpenStatus, state: BoardState): number {
  return cardsIn(column, state).filter(({ departure }) => !departure).length;
}

/** Returns the orders that are new on a board that was filled before. */
export function newOrders(before: BoardState, after: BoardState): Order[] {
  if (before.connection === 'connecting' || before.orders === after.orders) return [];
  return [...after.orders.values()].filter(
    ({ id, status }) => status === 'waiting' && !before.orders.has(id),
  );
}

function compare(a: Order, b: Order): number {
  return Date.parse(a.created_at) - Date.parse(b.created_at) || (a.id < b.id ? -1 : 1);
}
