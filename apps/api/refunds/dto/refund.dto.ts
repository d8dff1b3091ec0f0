import { ApiProperty } from '@nestjs/swagger';
import { REFUND_REASONS, REFUND_STATES, type Refund, type RefundReason, type RefundState } from '#refunds';
import { ROLES, type Role } from '#users';
import { IdDto, IsId } from '../../ids/dto/id.dto.js';

export class OrderRefundDto extends IdDto {
  @IsId()
  refund_id: string;
}

export interface RequesterDto {
  /** Only shown to managers. */
  id?: string;
  role: Role;
}

/** Money that goes back to a customer. */
export class RefundDto {
  @ApiProperty({ format: 'uuid', description: 'Also the Idempotency-Key of the refund at the provider' })
  id: string;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'Null if the charge became no order',
  })
  order_id: string | null;

  @ApiProperty({ format: 'uuid', description: 'The placement whose charge is refunded' })
  placement_id: string;

  @ApiProperty({ type: 'integer', minimum: 1, example: 450 })
  amount_cents: number;

  @ApiProperty({
    enum: REFUND_STATES,
    description:
      'Unknown: the provider may have made it; it is sent again, or a manager decides. Pending without PAYMENT_REFUND_URL: a manager decides.',
  })
  state: RefundState;

  @ApiProperty({ enum: REFUND_REASONS })
  reason: RefundReason;

  @ApiProperty({ type: 'string', nullable: true, example: 'The milk was sour' })
  note: string | null;

  /** Not a class: validators of OpenAPI 3.0 refuse null for a reference. */
  @ApiProperty({
    type: 'object',
    nullable: true,
    selfRequired: true,
    required: ['role'],
    properties: {
      id: { type: 'string', format: 'uuid', description: 'Only shown to managers' },
      role: { type: 'string', enum: [...ROLES], description: 'The role at the time of the request' },
    },
    description: 'Null if a late charge made the refund due',
  })
  requested_by: RequesterDto | null;

  @ApiProperty({ format: 'date-time' })
  created_at: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When it was refunded or rejected',
  })
  settled_at: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 200,
    description: "The provider's last status code; null if it has given none",
  })
  response_status_code: number | null;

  /** @param reader the role for which the refund is rendered: only managers see who requested it */
  static from(refund: Refund, reader: Role): RefundDto {
    return {
      id: refund.id,
      order_id: refund.orderId,
      placement_id: refund.placementId,
      amount_cents: refund.amountCents,
      state: refund.state,
      reason: refund.reason,
      note: refund.note,
      requested_by: requesterOf(refund, reader),
      created_at: refund.createdAt.toISOString(),
      settled_at: refund.settledAt?.toISOString() ?? null,
      response_status_code: refund.responseStatusCode,
    };
  }

  /** Renders the refund as it was when it was requested. The first response and each replay are equal. */
  static asRequested(refund: Refund, reader: Role): RefundDto {
    const unsettled = { state: 'pending', settled_at: null, response_status_code: null } as const;
    return Object.assign(RefundDto.from(refund, reader), unsettled);
  }
}

function requesterOf({ requestedBy, requestedByRole }: Refund, reader: Role): RequesterDto | null {
  if (requestedBy === null || requestedByRole === null) return null;
  return { ...(reader === 'manager' && { id: requestedBy }), role: requestedByRole };
}
