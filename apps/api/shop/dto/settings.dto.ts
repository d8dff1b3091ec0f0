import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min, ValidateIf } from 'class-validator';
import { InvalidRequest } from '#errors';
import type { PauseRequest } from '#shop';
import { IsNote } from '../../names/name.decorators.js';
import { IsShownInstant } from '../../times/instant.js';

const MAX_REASON_LENGTH = 280;
const MAX_MINUTES = 24 * 60;
const MAX_OPEN_ORDERS = 10_000;

export class PauseShopDto {
  @ApiPropertyOptional({ format: 'date-time', description: 'Without it and `minutes`, the pause has no end' })
  @IsOptional()
  @IsShownInstant()
  until?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_MINUTES, example: 15 })
  @IsOptional()
  @Min(1)
  @Max(MAX_MINUTES)
  @IsInt()
  minutes?: number;

  @IsNote({ maxLength: MAX_REASON_LENGTH, example: 'The grinder is broken' })
  reason?: string;

  /** @throws InvalidRequest if the end is given twice */
  toRequest(): PauseRequest {
    const [until, minutes] = [this.until ?? undefined, this.minutes ?? undefined];
    if (until !== undefined && minutes !== undefined)
      throw new InvalidRequest([{ field: 'minutes', message: 'minutes must be left out if until is given' }]);
    return { until: until === undefined ? undefined : new Date(until), minutes, reason: this.reason ?? null };
  }
}

export class SetShopLimitsDto {
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: MAX_OPEN_ORDERS,
    nullable: true,
    example: 12,
    description: 'How many orders may be open at once; null means any number',
  })
  @ValidateIf((_, value) => value !== null)
  @Min(1)
  @Max(MAX_OPEN_ORDERS)
  @IsInt()
  max_open_orders: number | null;
}
