import { ApiProperty } from '@nestjs/swagger';
import {
  MAX_ORDER_NUMBER,
  ORDER_STATUSES,
  type FormerOrderSnapshot,
  type OrderSnapshot,
  type OrderStatus,
} from '#orders';
import { REFUND_REASONS, type RefundReason } from '#refunds';
import { ROLES, type Role } from '#users';
import { OrderItemDto, PaymentDto } from './order-parts.dto.js';

export interface CancellationDto {
  at: string;
  reason: RefundReason | null;
  by_role: Role;
}

/** The members that orders had before there were numbers, in their order. */
export class FormerOrderDto {
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

  static from(order: FormerOrderSnapshot): FormerOrderDto {
    return {
      id: order.id,
      customer_id: order.customerId,
      status: order.status,
      total_cents: order.totalCents,
      metadata: order.metadata,
      created_at: order.createdAt.toISOString(),
      updated_at: order.updatedAt.toISOString(),
      items: order.items.map((item) => OrderItemDto.from(item)),
      payment: PaymentDto.from(order.payment),
    };
  }
}

/** An order. Everything but its status, cancellation and refunds is a snapshot of the time of ordering. */
export class OrderDto extends FormerOrderDto {
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: MAX_ORDER_NUMBER,
    nullable: true,
    example: 42,
    description: `What the customer is called by; 1 follows ${MAX_ORDER_NUMBER}. Null if the order is older than the numbers`,
  })
  number: number | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'Ada' })
  pickup_name: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'Extra hot, please' })
  note: string | null;

  /** Not a class: validators of OpenAPI 3.0 refuse null for a reference. */
  @ApiProperty({
    type: 'object',
    nullable: true,
    selfRequired: true,
    required: ['at', 'reason', 'by_role'],
    properties: {
      at: { type: 'string', format: 'date-time' },
      reason: { type: 'string', enum: [...REFUND_REASONS, null], nullable: true },
      by_role: { type: 'string', enum: [...ROLES], description: 'The role of who cancelled the order' },
    },
    description: 'Null unless the order is cancelled',
  })
  cancellation: CancellationDto | null;

  @ApiProperty({ type: 'integer', example: 0, description: 'What has gone back to the customer' })
  refunded_cents: number;

  static override from(order: OrderSnapshot): OrderDto;
  /** A first response from before there were numbers keeps its members. */
  static override from(order: OrderSnapshot | FormerOrderSnapshot): OrderDto | FormerOrderDto;
  static override from(order: OrderSnapshot | FormerOrderSnapshot): OrderDto | FormerOrderDto {
    const former = FormerOrderDto.from(order);
    if (!('number' in order)) return former;
    const { cancellation } = order;
    return Object.assign(former, {
      number: order.number,
      pickup_name: order.pickupName,
      note: order.note,
      cancellation: cancellation && {
        at: cancellation.at.toISOString(),
        reason: cancellation.reason,
        by_role: cancellation.byRole,
      },
      refunded_cents: order.refundedCents,
    });
  }
}
