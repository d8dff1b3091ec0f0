import type { RefundReason } from '#refunds';

/** A period from `from`, inclusive, to `to`, exclusive. */
export interface Period {
  from: Date;
  to: Date;
}

/** What was sold of a variation, or of a product without variations, under the names that it had when it was ordered. */
export interface ProductSales {
  productId: string;
  variationId: string | null;
  productName: string;
  variationName: string | null;
  quantity: number;
  grossCents: number;
}

/** What was ordered within an hour from `from`. */
export interface HourSales {
  from: Date;
  orders: number;
  grossCents: number;
}

/** The refunds of orders that were settled as refunded. */
export interface RefundTotals {
  count: number;
  totalCents: number;
  /** In cents, without reasons that have none. */
  byReason: ReadonlyMap<RefundReason, number>;
}

/** The sales, payments and refunds of a local day. */
export interface DayReport extends Period {
  /** YYYY-MM-DD */
  date: string;
  timeZone: string;
  /** The orders of the day, also those that were cancelled later. */
  orders: number;
  /** The sum of the quantities of their lines. */
  items: number;
  /** The sum of their lines. */
  grossSalesCents: number;
  refunds: RefundTotals;
  /** The payments of the day's orders without the day's refunds. */
  netTakingsCents: number;
  /** The orders that were cancelled on the day, whenever they were placed. */
  cancelled: number;
  /** Charges of the day whose outcome is not known yet. They are in no other number. */
  inDoubt: { count: number; cents: number };
  /** The highest gross sales first. */
  products: ProductSales[];
  /** Every hour of the day, also those without orders. */
  hours: HourSales[];
  paymentsCents: number;
  /** The gross sales without the payments: not 0 if something is wrong. */
  differenceCents: number;
}
