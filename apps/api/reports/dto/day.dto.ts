import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';

export const DAY_MESSAGE = 'date must be a day from 2000-01-01 to 2100-12-31, such as 2026-11-30';

const FORM = /^20\d\d-\d\d-\d\d$|^2100-\d\d-\d\d$/;

export class DayDto {
  @ApiProperty({ format: 'date', example: '2026-11-30' })
  @ValidateBy({ name: 'isDay', validator: { validate: isDay, defaultMessage: () => DAY_MESSAGE } })
  date: string;
}

/** `Date` reads the 30th of February as a day in March. */
function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !FORM.test(value)) return false;
  const day = new Date(value);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
