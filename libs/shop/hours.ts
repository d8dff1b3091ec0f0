import { OverlappingHours } from './shop.errors.js';

/** The days of a week, as PostgreSQL's `to_char(…, 'dy')` names them. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Local times `HH:MM` from 00:00 to 23:59. The end is not included; one that is not after the start is on the next day. */
export type Interval = [from: string, to: string];

export type WeeklyHours = Record<Weekday, Interval[]>;

/** What replaces the weekly hours of a date such as `2026-12-24`. */
export interface HoursOfDate {
  date: string;
  intervals: Interval[];
}

/** When the shop is open. Without any interval and exception, no hours are set and it is always open. */
export interface Hours {
  weekly: WeeklyHours;
  exceptions: HoursOfDate[];
}

interface Day {
  /** Its name in the request. */
  field: string;
  intervals: Interval[];
}

/** In minutes after the start of its day. */
interface Span {
  field: string;
  from: number;
  to: number;
}

const MINUTES_OF_DAY = 24 * 60;
const MS_OF_DAY = MINUTES_OF_DAY * 60_000;

/** Returns a value for each day of the week. */
export function perWeekday<Value>(valueOf: (day: Weekday) => Value): Record<Weekday, Value> {
  return {
    mon: valueOf('mon'),
    tue: valueOf('tue'),
    wed: valueOf('wed'),
    thu: valueOf('thu'),
    fri: valueOf('fri'),
    sat: valueOf('sat'),
    sun: valueOf('sun'),
  };
}

/** Returns the same hours with intervals and dates in order. */
export function inOrder({ weekly, exceptions }: Hours): Hours {
  const ordered = (intervals: Interval[]): Interval[] =>
    intervals.toSorted(([one], [other]) => one.localeCompare(other));
  return {
    weekly: perWeekday((day) => ordered(weekly[day])),
    exceptions: exceptions
      .map(({ date, intervals }) => ({ date, intervals: ordered(intervals) }))
      .toSorted((one, other) => one.date.localeCompare(other.date)),
  };
}

/**
 * The night before an exception may reach into it, because the exception does not cut that night.
 * @throws OverlappingHours if intervals of a day overlap, or those of a weekday or exception reach into those of the next day
 */
export function assertNoOverlap({ weekly, exceptions }: Hours): void {
  const dayOfWeek = (day: Weekday): Day => ({ field: `weekly.${day}`, intervals: weekly[day] });
  WEEKDAYS.forEach((day, index) => {
    assertNoOverlapFrom(dayOfWeek(day), dayOfWeek(WEEKDAYS[index + 1] ?? 'mon'));
  });
  const dates = new Map<string, Day>(
    exceptions.map(({ date, intervals }, index) => [
      date,
      { field: `exceptions.${index}.intervals`, intervals },
    ]),
  );
  for (const [date, day] of dates) {
    const next = dayAfter(date);
    assertNoOverlapFrom(day, dates.get(next) ?? dayOfWeek(weekdayOf(next)));
  }
}

function assertNoOverlapFrom(day: Day, dayAfter: Day): void {
  const own = spansOf(day, 0);
  const all = [...own, ...spansOf(dayAfter, MINUTES_OF_DAY)];
  for (const [index, span] of own.entries()) {
    const overlapping = all.slice(index + 1).find(({ from, to }) => from < span.to && span.from < to);
    if (overlapping) throw new OverlappingHours(overlapping.field, span.field);
  }
}

function spansOf({ field, intervals }: Day, startsAt: number): Span[] {
  return intervals.map(([start, end], index) => {
    const [from, to] = [minutesOf(start), minutesOf(end)];
    return {
      field: `${field}.${index}`,
      from: startsAt + from,
      to: startsAt + to + (to > from ? 0 : MINUTES_OF_DAY),
    };
  });
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function weekdayOf(date: string): Weekday {
  return WEEKDAYS[(new Date(date).getUTCDay() + 6) % 7] ?? 'mon';
}

function dayAfter(date: string): string {
  return new Date(Date.parse(date) + MS_OF_DAY).toISOString().slice(0, 10);
}
