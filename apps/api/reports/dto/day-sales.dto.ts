import { ApiProperty } from '@nestjs/swagger';
import type { DayReport } from '#reports';

export class ProductSalesDto {
  @ApiProperty({ format: 'uuid' })
  product_id: string;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, description: 'Null without a variation' })
  variation_id: string | null;

  @ApiProperty({
    example: 'Latte',
    description: 'At the time of ordering: a renamed product has several entries',
  })
  product_name: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'Vanilla' })
  variation_name: string | null;

  @ApiProperty({ type: 'integer', minimum: 1, example: 3 })
  quantity: number;

  @ApiProperty({ type: 'integer', example: 1290 })
  gross_cents: number;

  static from(product: DayReport['products'][number]): ProductSalesDto {
    return {
      product_id: product.productId,
      variation_id: product.variationId,
      product_name: product.productName,
      variation_name: product.variationName,
      quantity: product.quantity,
      gross_cents: product.grossCents,
    };
  }
}

export class HourSalesDto {
  @ApiProperty({ format: 'date-time', example: '2026-11-30T03:00:00.000Z' })
  from: string;

  @ApiProperty({ type: 'integer', minimum: 0, example: 2 })
  orders: number;

  @ApiProperty({ type: 'integer', example: 1290 })
  gross_cents: number;

  static from({ from, orders, grossCents }: DayReport['hours'][number]): HourSalesDto {
    return { from: from.toISOString(), orders, gross_cents: grossCents };
  }
}
