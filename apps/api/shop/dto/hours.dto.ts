import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsArray, IsObject, IsOptional } from 'class-validator';
import { InvalidRequest } from '#errors';
import { perWeekday, type Hours, type HoursOfDate, type Interval } from '#shop';
import { IsListOf } from '../../problem/dto.decorators.js';
import { IsLocalDate } from '../../times/local-date.js';
import { HoursReader, MAX_INTERVALS, TIME } from './hours-reader.js';

const MAX_EXCEPTIONS = 100;

const INTERVALS_OF_DAY = {
  type: 'array',
  maxItems: MAX_INTERVALS,
  description: 'From and to on the local clock; a `to` that is not after `from` is on the next day',
  items: { type: 'array', minItems: 2, maxItems: 2, items: { type: 'string', pattern: TIME.source } },
} as const;
const EXAMPLE = [
  ['07:00', '11:30'],
  ['12:30', '19:00'],
];
export const INTERVALS: ApiPropertyOptions = { ...INTERVALS_OF_DAY, example: EXAMPLE };
export const WEEKLY: ApiPropertyOptions = {
  type: 'object',
  additionalProperties: false,
  properties: perWeekday(() => INTERVALS_OF_DAY),
  example: perWeekday((day) => (day === 'sun' ? [] : EXAMPLE)),
};

class HoursOfDateRequestDto {
  @IsLocalDate()
  date: string;

  @ApiProperty(INTERVALS)
  @IsArray()
  intervals: unknown[];
}

export class SetShopHoursDto {
  @ApiProperty({ ...WEEKLY, description: 'A day that is left out is closed' })
  @IsObject()
  weekly: object;

  @ApiPropertyOptional({
    type: [HoursOfDateRequestDto],
    maxItems: MAX_EXCEPTIONS,
    description:
      'Each replaces the hours of its own date. Hours of the day before that end after midnight stay',
  })
  @IsOptional()
  @IsListOf(HoursOfDateRequestDto, MAX_EXCEPTIONS)
  exceptions?: HoursOfDateRequestDto[];

  /** @throws InvalidRequest if a day or interval is malformed, or a date repeated */
  toHours(): Hours {
    const reader = new HoursReader();
    const exceptions = this.exceptions ?? [];
    reader.distinctDates(
      exceptions.map(({ date }) => date),
      'exceptions',
    );
    const hours = {
      weekly: reader.weekly(this.weekly, 'weekly'),
      exceptions: exceptions.map(({ date, intervals }, index) => ({
        date,
        intervals: reader.intervals(intervals, `exceptions.${index}.intervals`),
      })),
    };
    if (reader.faults.length > 0) throw new InvalidRequest(reader.faults);
    return hours;
  }
}

export class HoursOfDateDto implements HoursOfDate {
  @ApiProperty({ format: 'date', example: '2026-12-24' })
  date: string;

  @ApiProperty(INTERVALS)
  intervals: Interval[];
}
