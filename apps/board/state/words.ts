import type { CancelReason, Order, Product, Shop } from '../api/types.js';
import type { Connection, Departure } from './board-state.js';

export const CANCEL_REASONS: readonly (readonly [CancelReason, string])[] = [
  ['customer_request', 'The customer asked for it'],
  ['out_of_stock', 'Something is sold out'],
  ['closing', 'The shop closes'],
  ['duplicate', 'Ordered twice'],
  ['quality', 'Something went wrong with it'],
  ['no_show', 'Nobody picked it up'],
  ['other', 'Another reason'],
];

export const CONNECTIONS: Record<Connection, string> = {
  connecting: 'Connecting …',
  live: 'Live',
  lost: 'Connection lost. The board may be out of date. Trying again …',
  expired: 'The login has ended. Changes are not shown until you log in.',
};

export const DEPARTURES: Record<Departure['reason'], string> = {
  cancelled: 'Cancelled. Do not make it.',
  missing: 'No longer on the board: moved on or cancelled elsewhere.',
};

/** Why a dialog changes nothing while the connection is not live. */
export const NOT_LIVE = 'There is no connection. Nothing can be changed.';

/** Returns what the customer is called by. Orders from before there were numbers have none. */
export function callNumber({ number, id }: Pick<Order, 'number' | 'id'>): string {
  return number === null ? id.slice(0, 4) : String(number);
}

/** Returns the words of the button that shows new orders. */
export function newOrdersWords(count: number): string {
  return count === 1 ? 'Show new order' : `Show ${count} new orders`;
}

/** Returns the name of an order for those who do not see the card, for example `order 42, Ada`. */
export function orderName(order: Pick<Order, 'number' | 'id' | 'pickup_name'>): string {
  return `order ${callNumber(order)}${order.pickup_name === null ? '' : `, ${order.pickup_name}`}`;
}

type Line = Pick<Order['items'][number], 'product_name' | 'variation_name'>;

export function lineName({ product_name: product, variation_name: variation }: Line): string {
  return variation === null ? product : `${product}, ${variation}`;
}

type ShopHours = Pick<Shop, 'reason' | 'opens_at' | 'closes_at' | 'paused_until' | 'time_zone'>;

/** Returns whether the shop takes orders, and how long that lasts. */
export function shopWords(shop: ShopHours): string {
  const time = (instant: string): string => timeIn(shop.time_zone, instant);
  switch (shop.reason) {
    case null:
      return shop.closes_at ? `Open until ${time(shop.closes_at)}` : 'Open';
    case 'closed':
      return shop.opens_at ? `Closed until ${time(shop.opens_at)}` : 'Closed';
    case 'paused':
      return shop.paused_until ? `Paused until ${time(shop.paused_until)}` : 'Paused';
    case 'busy':
      return 'Busy: too many open orders';
  }
}

type Availability = Pick<Product, 'name' | 'sold_out' | 'sold_out_until'>;

/** Returns whether something can be ordered. A variation cannot while its product is sold out. */
export function availabilityWords(timeZone: string, item: Availability, of?: Availability): string {
  if (of?.sold_out) return `Sold out with ${of.name}`;
  if (!item.sold_out) return 'Available';
  return item.sold_out_until === null
    ? 'Sold out'
    : `Sold out until ${timeIn(timeZone, item.sold_out_until)}`;
}

/** Returns a local time of the shop, with the weekday unless it is within a day. */
export function timeIn(timeZone: string, instant: string, now = Date.now()): string {
  const isSoon = Date.parse(instant) - now < 24 * 3_600_000;
  const options: Intl.DateTimeFormatOptions = {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  };
  return new Intl.DateTimeFormat('en', isSoon ? options : { ...options, weekday: 'short' }).format(
    new Date(instant),
  );
}
