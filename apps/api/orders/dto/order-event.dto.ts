import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PROGRESS_STATUSES, type OrderEvent, type OrderStatus } from '#orders';
import { ROLES, type Role } from '#users';

export const ORDER_EVENT_TYPES = [
  'placed',
  'status',
  'cancelled',
  'refund',
] as const satisfies OrderEvent['type'][];

/** What happened to an order. */
export class OrderEventDto {
  @ApiProperty({ format: 'date-time' })
  at: string;

  @ApiProperty({ enum: ORDER_EVENT_TYPES, example: 'status' })
  type: OrderEvent['type'];

  @ApiPropertyOptional({ enum: PROGRESS_STATUSES, description: 'The new status, if the type is status' })
  status?: OrderStatus;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'What went back to the customer, if the type is refund',
  })
  amount_cents?: number;

  @ApiProperty({
    enum: ROLES,
    description: 'The role of who did it, at that time; for placed the present role of the customer',
  })
  by_role: Role;

  static from(event: OrderEvent): OrderEventDto {
    return {
      at: event.at.toISOString(),
      type: event.type,
      ...(event.type === 'status' && { status: event.status }),
      ...(event.type === 'refund' && { amount_cents: event.amountCents }),
      by_role: event.byRole,
    };
  }
}
