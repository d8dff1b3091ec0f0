import { Injectable, Logger } from '@nestjs/common';
import { Config } from '#config';
import { Transactions, type Tx } from '#database';
import type { RefundReason } from '#refunds';
import type { DayReport, HourSales, Period, RefundTotals } from './day-report.js';
import { DayReportsRepository } from './day-reports.repository.js';
import { ReportMetrics } from './report-metrics.js';

const HOUR_MS = 3_600_000;

/** Reports on the days of the shop. */
@Injectable()
export class DayReportsService {
  private readonly log = new Logger(DayReportsService.name);

  constructor(
    private readonly reports: DayReportsRepository,
    private readonly transactions: Transactions,
    private readonly config: Config,
    private readonly metrics: ReportMetrics,
  ) {}

  /** Returns the report of the local day `date`, YYYY-MM-DD, in one snapshot. Logs an error if sales and payments differ. */
  async get(date: string): Promise<DayReport> {
    const report = await this.transactions.readReport((tx) => this.read(date, tx));
    const { grossSalesCents, paymentsCents, differenceCents } = report;
    if (differenceCents !== 0) {
      this.metrics.differs();
      this.log.error('The sales of a day differ from its payments', {
        event: 'day_report_difference',
        ...{ date, grossSalesCents, paymentsCents, differenceCents },
      });
    }
    return report;
  }

  private async read(date: string, tx: Tx): Promise<DayReport> {
    const period = await this.reports.periodOf(date, tx);
    const sales = await this.reports.sales(period, tx);
    const payments = await this.reports.payments(period, tx);
    const refunds = totalsOf(await this.reports.refunds(period, tx));
    const grossSalesCents = sum(sales.hours.map(({ grossCents }) => grossCents));
    const paymentsCents = sum(payments.map(({ paymentsCents }) => paymentsCents));
    return {
      date,
      timeZone: this.config.shop.timeZone,
      ...period,
      orders: sum(payments.map(({ orders }) => orders)),
      items: sum(sales.hours.map(({ quantity }) => quantity)),
      grossSalesCents,
      refunds,
      netTakingsCents: paymentsCents - refunds.totalCents,
      cancelled: await this.reports.cancelled(period, tx),
      inDoubt: await this.reports.inDoubt(period, tx),
      products: sales.products,
      hours: hoursOf(period, sales.hours, payments),
      paymentsCents,
      differenceCents: grossSalesCents - paymentsCents,
    };
  }
}

/** Returns every hour of the period. A zone that changes by half an hour has a day whose last hour is shorter. */
function hoursOf(
  { from, to }: Period,
  sales: { hour: number; grossCents: number }[],
  payments: { hour: number; orders: number }[],
): HourSales[] {
  const grossCents = new Map(sales.map((row) => [row.hour, row.grossCents]));
  const orders = new Map(payments.map((row) => [row.hour, row.orders]));
  const count = Math.ceil((to.getTime() - from.getTime()) / HOUR_MS);
  return Array.from({ length: count }, (_, hour) => ({
    from: new Date(from.getTime() + hour * HOUR_MS),
    orders: orders.get(hour) ?? 0,
    grossCents: grossCents.get(hour) ?? 0,
  }));
}

function totalsOf(refunds: { reason: RefundReason; count: number; totalCents: number }[]): RefundTotals {
  return {
    count: sum(refunds.map(({ count }) => count)),
    totalCents: sum(refunds.map(({ totalCents }) => totalCents)),
    byReason: new Map(refunds.map(({ reason, totalCents }) => [reason, totalCents])),
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
