import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { providerKeyOf } from '#payments';
import {
  PLACEMENT_STATES,
  RESOLUTION_OUTCOMES,
  type PlacementState,
  type ResolutionOutcome,
  type ResolvedPlacement,
} from '#placements';
import { IsId } from '../../ids/dto/id.dto.js';
import { PageDto } from '../../pagination/dto/page.dto.js';
import { ApiProviderPayload } from '../../openapi/provider-payload.decorators.js';
import { ResolutionDto } from '../../resolutions/resolution.dto.js';
import { IsResolutionNote } from '../../resolutions/resolution-note.decorators.js';

export class PlacementPageDto extends PageDto {
  @ApiPropertyOptional({
    enum: PLACEMENT_STATES,
    description:
      'A manager is needed for unknown and declined_unconfirmed, and for refund_due if its refund is unknown or rejected',
  })
  @IsOptional()
  @IsIn(PLACEMENT_STATES)
  state?: PlacementState;

  @IsOptional()
  @IsId({ required: false, description: 'The order that the placement became or may become' })
  order_id?: string;
}

export class ResolvePlacementDto {
  @ApiProperty({ enum: RESOLUTION_OUTCOMES, description: 'What the provider says of the charge' })
  @IsIn(RESOLUTION_OUTCOMES)
  outcome: ResolutionOutcome;

  @IsResolutionNote('Charge ch_123 found in the provider’s dashboard')
  note: string;
}

export class PlacementResolutionDto extends ResolutionDto {
  @ApiProperty({ enum: RESOLUTION_OUTCOMES })
  outcome: ResolutionOutcome;
}

export class PlacementDto {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({
    format: 'uuid',
    description: "The Idempotency-Key of the charge in the provider's books",
  })
  provider_key: string;

  @ApiProperty({ enum: PLACEMENT_STATES })
  state: PlacementState;

  @ApiProperty({ format: 'uuid', description: 'The id of the order, which exists once it is placed' })
  order_id: string;

  @ApiProperty({ format: 'uuid' })
  customer_id: string;

  @ApiProperty({ type: 'integer', example: 900 })
  total_cents: number;

  @ApiProperty({ type: 'integer', description: 'The number of sends of the charge' })
  attempts: number;

  @ApiProperty({ type: 'integer', nullable: true, description: "The provider's status code" })
  response_status_code: number | null;

  @ApiProviderPayload()
  response_payload: unknown;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why the provider gave no answer; stays when a manager resolves the placement',
    example: 'timeout',
  })
  failure: string | null;

  @ApiProperty({ description: 'The id of the request in the logs' })
  request_id: string;

  @ApiProperty({ format: 'date-time' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  settled_at: string | null;

  @ApiProperty({ type: [PlacementResolutionDto], description: 'Every accepted resolution, oldest first' })
  resolutions: PlacementResolutionDto[];

  static from({ placement, resolutions }: ResolvedPlacement): PlacementDto {
    return {
      id: placement.id,
      provider_key: providerKeyOf(placement),
      state: placement.state,
      order_id: placement.orderId,
      customer_id: placement.customerId,
      total_cents: placement.totalCents,
      attempts: placement.attempt,
      response_status_code: placement.responseStatusCode,
      response_payload: placement.responsePayload,
      failure: placement.failure,
      request_id: placement.requestId,
      created_at: placement.createdAt.toISOString(),
      settled_at: placement.settledAt?.toISOString() ?? null,
      resolutions: resolutions.map((resolution) => ResolutionDto.from(resolution)),
    };
  }
}
