import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { IsInstant } from '../../times/instant.js';

const READ_ONLY = { readOnly: true, description: 'Ignored, so that what was read can be sent back' };

/** Accepts `sold_out` as it was read. Only the routes of availability change it. */
export function IgnoredSoldOut(): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional(READ_ONLY), IsOptional(), IsBoolean());
}

/** Accepts `sold_out_until` as it was read. Only the routes of availability change it. */
export function IgnoredSoldOutUntil(): PropertyDecorator {
  const documentation = { type: 'string', format: 'date-time', nullable: true, ...READ_ONLY } as const;
  return applyDecorators(ApiPropertyOptional(documentation), IsOptional(), IsInstant());
}
