import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMinSize,
  IsInt,
  IsObject,
  IsOptional,
  Max,
  Min,
  Validate,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { MAX_CENTS } from '#catalog';
import type { OrderRequest } from '#placements';
import { IsId } from '../../ids/dto/id.dto.js';
import { IsName, IsNote } from '../../names/name.decorators.js';
import { seededProductId } from '../../openapi/seeded-ids.js';
import { IsListOf } from '../../problem/dto.decorators.js';

const MAX_LINES = 50;
const MAX_QUANTITY = 100;
const MAX_METADATA_BYTES = 4096;
const MAX_PICKUP_NAME_LENGTH = 40;
const MAX_NOTE_LENGTH = 280;

@ValidatorConstraint()
class FitsMetadata implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return Buffer.byteLength(JSON.stringify(value)) <= MAX_METADATA_BYTES;
  }

  defaultMessage(): string {
    return `$property must not be larger than ${MAX_METADATA_BYTES} bytes as JSON`;
  }
}

export class OrderLineRequestDto {
  @IsId({ example: seededProductId(1) })
  product_id: string;

  @IsOptional()
  @IsId({
    type: 'string',
    required: false,
    nullable: true,
    example: seededProductId(1, 1),
    description: 'Required if the product has variations; left out or null if it has none',
  })
  variation_id?: string | null;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_QUANTITY, example: 2 })
  @Min(1)
  @Max(MAX_QUANTITY)
  @IsInt()
  quantity: number;
}

export class PlaceOrderDto {
  @ApiProperty({ type: [OrderLineRequestDto], minItems: 1, maxItems: MAX_LINES })
  @ArrayMinSize(1)
  @IsListOf(OrderLineRequestDto, MAX_LINES)
  items: OrderLineRequestDto[];

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MAX_CENTS,
    example: 900,
    description:
      'The total in cents that the customer was shown, such as 900 for 9.00; another total is refused with 409',
  })
  @IsOptional()
  @Min(0)
  @Max(MAX_CENTS)
  @IsInt()
  total_cents?: number;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { table: 4 },
    description:
      'At most 4 KB of JSON, with integers of at most ±9007199254740991 and no number beyond a double',
  })
  @IsOptional()
  @Validate(FitsMetadata)
  @IsObject()
  metadata?: Record<string, unknown>;

  @IsOptional()
  @IsName({ maxLength: MAX_PICKUP_NAME_LENGTH, required: false, example: 'Ada' })
  pickup_name?: string;

  @IsNote({ maxLength: MAX_NOTE_LENGTH, example: 'Extra hot, please' })
  note?: string;

  toRequest(): OrderRequest {
    return {
      lines: this.items.map((item) => ({
        productId: item.product_id,
        variationId: item.variation_id ?? undefined,
        quantity: item.quantity,
      })),
      totalCents: this.total_cents ?? undefined,
      metadata: this.metadata ?? undefined,
      pickupName: this.pickup_name ?? undefined,
      note: this.note ?? undefined,
    };
  }
}
