import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { REFUND_REASONS } from '#refunds';
import type { DayReport } from '#reports';
import { HourSalesDto, ProductSalesDto } from './day-sales.dto.js';

const COUNT = { type: 'integer', minimum: 0 } as const;
const CENTS = { type: 'integer' } as const;
const CSV_EXAMPLE = `date,section,name,variation,product_id,variation_id,from,count,cents\r
2026-11-30,total,gross_sales,,,,,,1290\r
2026-11-30,hour,,,,,2026-11-30T03:00:00.000Z,2,1290\r
`;

export interface RefundTotalsDto {
  count: number;
  total_cents: number;
  by_reason: Record<string, number>;
}

export class DayReportDto {
  @ApiProperty({ format: 'date', example: '2026-11-30' })
  date: string;

  @ApiProperty({ example: 'Europe/Berlin' })
  time_zone: string;

  @ApiProperty({
    format: 'date-time',
    example: '2026-11-30T03:00:00.000Z',
    description: 'When the day begins',
  })
  from: string;

  @ApiProperty({
    format: 'date-time',
    example: '2026-12-01T03:00:00.000Z',
    description: 'When the next day begins',
  })
  to: string;

  @ApiProperty({ ...COUNT, example: 2, description: 'Orders placed, also those that were cancelled later' })
  orders: number;

  @ApiProperty({ ...COUNT, example: 3, description: 'The sum of the quantities of their lines' })
  items: number;

  @ApiProperty({ ...CENTS, example: 1290, description: 'The sum of their lines' })
  gross_sales_cents: number;

  @ApiProperty({
    type: 'object',
    selfRequired: true,
    required: ['count', 'total_cents', 'by_reason'],
    properties: {
      count: { ...COUNT, example: 1 },
      total_cents: { ...CENTS, example: 430 },
      by_reason: {
        type: 'object',
        required: [...REFUND_REASONS],
        properties: Object.fromEntries(REFUND_REASONS.map((reason) => [reason, { ...CENTS, example: 0 }])),
        description: 'In cents. Every reason is there',
      },
    },
    description:
      'Refunds of orders that were made on this day, whenever the order was placed. Without rejected refunds, and without those of charges that became no order',
  })
  refunds: RefundTotalsDto;

  @ApiProperty({ ...CENTS, example: 860, description: '`payments_cents` without the refunds of this day' })
  net_takings_cents: number;

  @ApiProperty({
    ...COUNT,
    example: 1,
    description: 'Orders cancelled on this day, whenever they were placed',
  })
  cancelled: number;

  @ApiProperty({
    type: 'object',
    selfRequired: true,
    required: ['count', 'cents'],
    properties: { count: { ...COUNT, example: 0 }, cents: { ...CENTS, example: 0 } },
    description:
      'Charges begun on this day whose outcome is not known yet. They are in no other number; a charge that turns out to be paid becomes an order of the day on which that is found',
  })
  in_doubt: { count: number; cents: number };

  @ApiProperty({ type: [ProductSalesDto], description: 'The highest gross sales first' })
  products: ProductSalesDto[];

  @ApiProperty({
    type: [HourSalesDto],
    description: 'Each hour from `from` to `to`: 23 or 25 when the clocks change',
  })
  hours: HourSalesDto[];

  @ApiProperty({ ...CENTS, example: 1290, description: 'The sum of the payments of the orders' })
  payments_cents: number;

  @ApiProperty({
    ...CENTS,
    example: 0,
    description: '`gross_sales_cents` without `payments_cents`. Not 0 if something is wrong',
  })
  difference_cents: number;

  static from(report: DayReport): DayReportDto {
    const { count, totalCents, byReason } = report.refunds;
    return {
      date: report.date,
      time_zone: report.timeZone,
      from: report.from.toISOString(),
      to: report.to.toISOString(),
      orders: report.orders,
      items: report.items,
      gross_sales_cents: report.grossSalesCents,
      refunds: {
        count,
        total_cents: totalCents,
        by_reason: Object.fromEntries(REFUND_REASONS.map((reason) => [reason, byReason.get(reason) ?? 0])),
      },
      net_takings_cents: report.netTakingsCents,
      cancelled: report.cancelled,
      in_doubt: report.inDoubt,
      products: report.products.map((product) => ProductSalesDto.from(product)),
      hours: report.hours.map((hour) => HourSalesDto.from(hour)),
      payments_cents: report.paymentsCents,
      difference_cents: report.differenceCents,
    };
  }
}

/** Documents a route that returns a day report as JSON or CSV. */
export function ApiDayReport(): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(DayReportDto),
    ApiResponse({
      status: 200,
      description: 'The report. As CSV, each row has one number of it',
      headers: {
        'Content-Disposition': {
          description: 'Of CSV: a name for the file',
          schema: { type: 'string', example: 'attachment; filename="day-2026-11-30.csv"' },
        },
        Vary: { description: '`Accept`', schema: { type: 'string' } },
      },
      content: {
        'application/json': { schema: { $ref: getSchemaPath(DayReportDto) } },
        'text/csv': { schema: { type: 'string' }, example: CSV_EXAMPLE },
      },
    }),
  );
}
