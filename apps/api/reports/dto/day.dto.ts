import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { isRealDay } from '../../times/is-real-day.js';

export const DAY_MESSAGE = 'date must be a day from 2000-01-01 to 2100-12-31, such as 2026-11-30';

const FORM = /^20\d\d-\d\d-\d\d$|^2100-\d\d-\d\d$/;

export class DayDto {
  @ApiProperty({ format: 'date', example: '2026-11-30' })
  @ValidateBy({ name: 'isDay', validator: { validate: isDay, defaultMessage: () => DAY_MESSAGE } })
  date: string;
}

function isDay(value: unknown): boolean {
  return typeof value === 'string' && FORM.test(value) && isRealDay(value);
}
