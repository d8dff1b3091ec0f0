import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { REFUND_REASONS, type RefundReason } from '#refunds';
import { IsNote } from '../../names/name.decorators.js';

export class CancelOrderDto {
  @ApiPropertyOptional({ enum: REFUND_REASONS, example: 'customer_request' })
  @IsOptional()
  @IsIn(REFUND_REASONS)
  reason?: RefundReason;

  @IsNote({ maxLength: 1000, example: 'Left before the order was ready' })
  note?: string;
}
