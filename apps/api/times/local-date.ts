import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Validate, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { isRealDay } from './is-real-day.js';

const DATE = /^(?!0000)\d{4}-\d{2}-\d{2}$/;

@ValidatorConstraint()
class LocalDateConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && DATE.test(value) && isRealDay(value);
  }

  defaultMessage(): string {
    return '$property must be a date such as 2026-11-24';
  }
}

/** Documents and validates a day of the calendar. */
export function IsLocalDate(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ format: 'date', example: '2026-12-24' }),
    Validate(LocalDateConstraint),
  );
}
