import { Injectable } from '@nestjs/common';
import { Config } from '#config';
import { toSafeNumber, type Tx } from '#database';
import type { RefundReason } from '#refunds';
import type { DayReport, Period, ProductSales } from './day-report.js';
import * as SQL from './day-reports.sql.js';

/** A row whose numbers are bigint, which pg returns as text. */
type Row<Numbers extends string, Others = object> = Record<Numbers, string> & Others;
type SalesRow = Row<'quantity' | 'grossCents'> &
  ({ hour: number } | (Omit<ProductSales, 'quantity' | 'grossCents'> & { hour: null }));

/** Sales of an hour, which counts from 0 at the start of the period. */
export interface HourLines {
  hour: number;
  quantity: number;
  grossCents: number;
}

/** Reads sales and money of a period. The caller reads both in one snapshot. */
@Injectable()
export class DayReportsRepository {
  constructor(private readonly config: Config) {}

  /** Returns the local day `date`, YYYY-MM-DD. */
  async periodOf(date: string, tx: Tx): Promise<Period> {
    const { timeZone, dayStartsAt } = this.config.shop;
    const [period] = await tx.query<[Period]>(SQL.PERIOD_OF, [date, timeZone, dayStartsAt]);
    return period;
  }

  /** Returns the lines of the orders of the period, by product and by hour, without hours that have none. */
  async sales({ from, to }: Period, tx: Tx): Promise<{ products: ProductSales[]; hours: HourLines[] }> {
    const products: ProductSales[] = [];
    const hours: HourLines[] = [];
    for (const row of await tx.query<SalesRow[]>(SQL.SALES, [from, to])) {
      const sold = { quantity: toSafeNumber(row.quantity), grossCents: toSafeNumber(row.grossCents) };
      if (row.hour !== null) {
        hours.push({ hour: row.hour, ...sold });
      } else {
        const { productId, variationId, productName, variationName } = row;
        products.push({ productId, variationId, productName, variationName, ...sold });
      }
    }
    return { products, hours };
  }

  /** Returns the number of orders of the period and their payments, by hour, without hours that have none. */
  async payments(
    { from, to }: Period,
    tx: Tx,
  ): Promise<{ hour: number; orders: number; paymentsCents: number }[]> {
    const rows = await tx.query<Row<'orders' | 'paymentsCents', { hour: number }>[]>(SQL.PAYMENTS, [
      from,
      to,
    ]);
    return rows.map(({ hour, orders, paymentsCents }) => ({
      hour,
      orders: toSafeNumber(orders),
      paymentsCents: toSafeNumber(paymentsCents),
    }));
  }

  /** Returns the refunds of orders that were settled as refunded in the period, by reason, without reasons that have none. */
  async refunds(
    { from, to }: Period,
    tx: Tx,
  ): Promise<{ reason: RefundReason; count: number; totalCents: number }[]> {
    const rows = await tx.query<Row<'count' | 'totalCents', { reason: RefundReason }>[]>(SQL.REFUNDS, [
      from,
      to,
    ]);
    return rows.map(({ reason, count, totalCents }) => ({
      reason,
      count: toSafeNumber(count),
      totalCents: toSafeNumber(totalCents),
    }));
  }

  /** Returns the number of cancellations in the period. */
  async cancelled({ from, to }: Period, tx: Tx): Promise<number> {
    const [row] = await tx.query<[Row<'count'>]>(SQL.CANCELLED, [from, to]);
    return toSafeNumber(row.count);
  }

  /** Returns the placements of the period whose outcome is open. */
  async inDoubt({ from, to }: Period, tx: Tx): Promise<DayReport['inDoubt']> {
    const [row] = await tx.query<[Row<'count' | 'cents'>]>(SQL.IN_DOUBT, [from, to]);
    return { count: toSafeNumber(row.count), cents: toSafeNumber(row.cents) };
  }
}
