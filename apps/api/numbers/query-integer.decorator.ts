import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** Validates an optional integer of a query between two bounds, and converts its text to a number. */
export function IsQueryInteger(
  documentation: ApiPropertyOptions & { minimum: number; maximum: number },
): PropertyDecorator {
  const { minimum, maximum } = documentation;
  return applyDecorators(
    ApiPropertyOptional({ type: 'integer', ...documentation }),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
    ),
    IsOptional(),
    Min(minimum),
    Max(maximum),
    IsInt(),
  );
}
