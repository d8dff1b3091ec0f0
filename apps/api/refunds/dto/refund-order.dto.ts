import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { MAX_CENTS } from '#catalog';
import { REFUND_REASONS, type RefundReason } from '#refunds';
import { IsNote } from '../../names/name.decorators.js';

export class RefundOrderDto {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_CENTS, example: 450 })
  @Min(1)
  @Max(MAX_CENTS)
  @IsInt()
  amount_cents: number;

  @ApiProperty({ enum: REFUND_REASONS, example: 'quality' })
  @IsIn(REFUND_REASONS)
  reason: RefundReason;

  @IsNote({ maxLength: 1000, example: 'The milk was sour' })
  note?: string;
}
