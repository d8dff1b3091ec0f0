import type { FieldError } from '#errors';
import { perWeekday, WEEKDAYS, type Interval, type WeeklyHours } from '#shop';

export const MAX_INTERVALS = 8;

export const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Reads hours from a request and collects the faults of each field, with its path. */
export class HoursReader {
  readonly faults: FieldError[] = [];

  /** Reads the intervals by weekday. A day that is missing is closed. */
  weekly(weekly: object, field: string): WeeklyHours {
    const given = new Map<string, unknown>(Object.entries(weekly));
    for (const day of given.keys())
      if (!WEEKDAYS.some((weekday) => weekday === day))
        this.faults.push({ field: `${field}.${day}`, message: `property ${day} should not exist` });
    return perWeekday((day) => (given.has(day) ? this.intervals(given.get(day), `${field}.${day}`) : []));
  }

  intervals(intervals: unknown, field: string): Interval[] {
    if (!Array.isArray(intervals)) return this.refuse(field, 'must be a list of intervals');
    if (intervals.length > MAX_INTERVALS)
      return this.refuse(field, `must not contain more than ${MAX_INTERVALS} intervals`);
    return intervals.flatMap((interval: unknown, index) => this.interval(interval, `${field}.${index}`));
  }

  /** Refuses each date that an earlier one repeats. */
  distinctDates(dates: readonly string[], field: string): void {
    for (const [index, date] of dates.entries())
      if (dates.indexOf(date) < index) this.refuse(`${field}.${index}.date`, `must not be ${date} again`);
  }

  private interval(interval: unknown, field: string): Interval[] {
    const times: unknown[] = Array.isArray(interval) ? interval : [];
    if (times.length !== 2)
      return this.refuse(field, 'must be a pair of local times such as ["07:00", "11:30"]');
    const [from, to] = times;
    if (isTime(from) && isTime(to)) return [[from, to]];
    for (const [index, time] of times.entries())
      if (!isTime(time)) this.refuse(`${field}.${index}`, 'must be a local time from "00:00" to "23:59"');
    return [];
  }

  private refuse(field: string, message: string): [] {
    this.faults.push({ field, message: `${field} ${message}` });
    return [];
  }
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && TIME.test(value);
}
