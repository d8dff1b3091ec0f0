import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import {
  REFUND_RESOLUTION_OUTCOMES,
  REFUND_STATES,
  type RefundResolutionOutcome,
  type RefundState,
  type ResolvedRefund,
} from '#refunds';
import { ApiProviderPayload } from '../../openapi/provider-payload.decorators.js';
import { PageDto } from '../../pagination/dto/page.dto.js';
import { ResolutionDto } from '../../resolutions/resolution.dto.js';
import { IsResolutionNote } from '../../resolutions/resolution-note.decorators.js';
import { RefundDto } from './refund.dto.js';

export class RefundPageDto extends PageDto {
  @ApiPropertyOptional({ enum: REFUND_STATES })
  @IsOptional()
  @IsIn(REFUND_STATES)
  state?: RefundState;
}

export class ResolveRefundDto {
  @ApiProperty({ enum: REFUND_RESOLUTION_OUTCOMES, description: 'What the provider says of the refund' })
  @IsIn(REFUND_RESOLUTION_OUTCOMES)
  outcome: RefundResolutionOutcome;

  @IsResolutionNote('Refund re_123 found in the provider’s dashboard')
  note: string;
}

export class RefundResolutionDto extends ResolutionDto {
  @ApiProperty({ enum: REFUND_RESOLUTION_OUTCOMES })
  outcome: RefundResolutionOutcome;
}

/** A refund as managers see it. */
export class AdminRefundDto extends RefundDto {
  @ApiProperty({ type: 'integer', description: 'The number of sends' })
  attempts: number;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When it is sent next; null if it is settled or a manager decides',
  })
  due_at: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'timeout',
    description: 'Why a send had no result',
  })
  failure: string | null;

  @ApiProviderPayload()
  response_payload: unknown;

  @ApiProperty({ type: [RefundResolutionDto], description: 'Every accepted resolution, oldest first' })
  resolutions: RefundResolutionDto[];

  static of({ refund, resolutions }: ResolvedRefund): AdminRefundDto {
    return Object.assign(RefundDto.from(refund, 'manager'), {
      attempts: refund.attempts,
      due_at: refund.dueAt?.toISOString() ?? null,
      failure: refund.failure,
      response_payload: refund.responsePayload,
      resolutions: resolutions.map((resolution) => ResolutionDto.from(resolution)),
    });
  }
}
