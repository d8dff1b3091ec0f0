import { ApiProperty } from '@nestjs/swagger';
import type { OrderLine, OrderSnapshot } from '#orders';

export class OrderItemDto {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  product_id: string;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'Null if the product had no variations',
  })
  variation_id: string | null;

  @ApiProperty({ example: 'Latte' })
  product_name: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'Pumpkin Spice',
    description: 'Null if the product had no variations',
  })
  variation_name: string | null;

  @ApiProperty({ type: 'integer', example: 2 })
  quantity: number;

  @ApiProperty({ type: 'integer', example: 400 })
  product_base_price_cents: number;

  @ApiProperty({ type: 'integer', example: 50 })
  variation_price_change_cents: number;

  @ApiProperty({ type: 'integer', example: 450 })
  unit_price_cents: number;

  @ApiProperty({ type: 'integer', example: 900 })
  line_total_cents: number;

  static from(item: OrderLine): OrderItemDto {
    return {
      id: item.id,
      product_id: item.productId,
      variation_id: item.variationId,
      product_name: item.productName,
      variation_name: item.variationName,
      quantity: item.quantity,
      product_base_price_cents: item.productBasePriceCents,
      variation_price_change_cents: item.variationPriceChangeCents,
      unit_price_cents: item.unitPriceCents,
      line_total_cents: item.lineTotalCents,
    };
  }
}

export class PaymentDto {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: 'integer', example: 900 })
  amount_cents: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 200,
    description:
      "The provider's status code; null if the amount is 0 and nothing was sent, or if a manager confirmed the charge",
  })
  response_status_code: number | null;

  static from({ id, amountCents, responseStatusCode }: OrderSnapshot['payment']): PaymentDto {
    return { id, amount_cents: amountCents, response_status_code: responseStatusCode };
  }
}
