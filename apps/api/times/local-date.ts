import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Validate, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { isRealDay } from '#timing';

/** A day of a report, or of special hours. The bounds keep all times around it within the four-digit years. */
const FORM = /^20\d\d-\d\d-\d\d$|^2100-\d\d-\d\d$/;

export const LOCAL_DATE_MESSAGE = '$property must be a day from 2000-01-01 to 2100-12-31, such as 2026-11-30';

@ValidatorConstraint()
class LocalDateConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && FORM.test(value) && isRealDay(value);
  }

  defaultMessage(): string {
    return LOCAL_DATE_MESSAGE;
  }
}

/** Documents and validates a day of the calendar. */
export function IsLocalDate(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ format: 'date', example: '2026-11-30' }),
    Validate(LocalDateConstraint),
  );
}
