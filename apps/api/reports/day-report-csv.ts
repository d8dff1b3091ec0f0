import { stringify } from 'csv-stringify/sync';
import type { DayReportDto } from './dto/day-report.dto.js';

/** The columns, so that the rows of several days can stand in one table. */
const COLUMNS = [
  'date',
  'section',
  'name',
  'variation',
  'product_id',
  'variation_id',
  'from',
  'count',
  'cents',
] as const;

/** A row has one number of the report, or a count and the cents that belong to it. */
type Row = Partial<Record<(typeof COLUMNS)[number], string | number | null>>;

/**
 * Returns the report as CSV (RFC 4180) in UTF-8 with a byte order mark, without which Excel does not recognise UTF-8. A text that a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
export function toCsv(report: DayReportDto): string {
  const rows = [...totals(report), ...refunds(report), ...products(report), ...hours(report)];
  return stringify(
    rows.map((row) => ({ date: report.date, ...row })),
    {
      header: true,
      columns: [...COLUMNS],
      record_delimiter: 'windows',
      quote_record_delimiter: true,
      escape_formulas: true,
      bom: true,
    },
  );
}

function totals(report: DayReportDto): Row[] {
  const { refunds, in_doubt } = report;
  const rows: Row[] = [
    { name: 'orders', count: report.orders },
    { name: 'items', count: report.items },
    { name: 'gross_sales', cents: report.gross_sales_cents },
    { name: 'payments', cents: report.payments_cents },
    { name: 'difference', cents: report.difference_cents },
    { name: 'refunds', count: refunds.count, cents: refunds.total_cents },
    { name: 'net_takings', cents: report.net_takings_cents },
    { name: 'cancelled', count: report.cancelled },
    { name: 'in_doubt', ...in_doubt },
  ];
  return rows.map((row) => ({ section: 'total', ...row }));
}

function refunds({ refunds }: DayReportDto): Row[] {
  return Object.entries(refunds.by_reason).map(([name, cents]) => ({ section: 'refund', name, cents }));
}

function products({ products }: DayReportDto): Row[] {
  return products.map((product) => ({
    section: 'product',
    name: product.product_name,
    variation: product.variation_name,
    product_id: product.product_id,
    variation_id: product.variation_id,
    count: product.quantity,
    cents: product.gross_cents,
  }));
}

function hours({ hours }: DayReportDto): Row[] {
  return hours.map((hour) => ({
    section: 'hour',
    from: hour.from,
    count: hour.orders,
    cents: hour.gross_cents,
  }));
}
