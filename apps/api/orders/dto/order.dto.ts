import { ApiProperty } from '@nestjs/swagger';
import { ORDER_STATUSES, type OrderSnapshot, type OrderStatus } from '#orders';

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
}

/** An order. Everything but its status is a snapshot of the time of ordering. */
export class OrderDto {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  customer_id: string;

  @ApiProperty({ enum: ORDER_STATUSES })
  status: OrderStatus;

  @ApiProperty({ type: 'integer', example: 900 })
  total_cents: number;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, example: { table: 4 } })
  metadata: Record<string, unknown> | null;

  @ApiProperty({ format: 'date-time' })
  created_at: string;

  @ApiProperty({ format: 'date-time' })
  updated_at: string;

  @ApiProperty({ type: [OrderItemDto] })
  items: OrderItemDto[];

  @ApiProperty({ type: PaymentDto })
  payment: PaymentDto;

  static from(order: OrderSnapshot): OrderDto {
    return {
      id: order.id,
      customer_id: order.customerId,
      status: order.status,
      total_cents: order.totalCents,
      metadata: order.metadata,
      created_at: order.createdAt.toISOString(),
      updated_at: order.updatedAt.toISOString(),
      items: order.items.map((item) => ({
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
      })),
      payment: {
        id: order.payment.id,
        amount_cents: order.payment.amountCents,
        response_status_code: order.payment.responseStatusCode,
      },
    };
  }
}
