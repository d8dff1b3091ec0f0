import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsBoolean,
  IsOptional,
  Validate,
  ValidatorConstraint,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';
import type { Availability } from '#catalog';
import { IdDto, IsId } from '../../ids/dto/id.dto.js';
import { IsShownInstant } from '../../times/instant.js';

export class ProductVariationDto extends IdDto {
  @IsId()
  variation_id: string;
}

@ValidatorConstraint()
class NeedsSoldOut implements ValidatorConstraintInterface {
  validate(_: unknown, { object }: ValidationArguments): boolean {
    return object instanceof SetAvailabilityDto && object.sold_out;
  }

  defaultMessage(): string {
    return '$property must be left out unless sold_out is true';
  }
}

export class SetAvailabilityDto {
  @ApiProperty({ example: false })
  @IsBoolean()
  sold_out: boolean;

  @ApiPropertyOptional({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2030-01-01T07:00:00Z',
    description: 'When it is available again by itself. Left out or null: not before the next change',
  })
  @IsOptional()
  @Validate(NeedsSoldOut)
  @IsShownInstant()
  until?: string | null;

  toAvailability(): Availability {
    return { soldOut: this.sold_out, soldOutUntil: this.until ? new Date(this.until) : null };
  }
}

export const AVAILABILITY_EXAMPLES = {
  available: { summary: 'Available', value: { sold_out: false } },
  sold_out: { summary: 'Sold out until somebody changes it', value: { sold_out: true } },
  sold_out_until: {
    summary: 'Sold out until a time',
    value: { sold_out: true, until: '2030-01-01T07:00:00Z' },
  },
};
