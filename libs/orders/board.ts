import type { OrderSnapshot } from './order-snapshot.js';

/** The longest board. */
export const BOARD_SIZE = 500;

/** The open orders at one moment, oldest first. */
export interface Board {
  orders: OrderSnapshot[];
  /** Whether there are more open orders. */
  truncated: boolean;
  /** Those of the orders that were also asked for which are not among `orders`, and perhaps the next open one. */
  others: OrderSnapshot[];
}
