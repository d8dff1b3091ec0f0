import { perWeekday, type HoursOfDate, type Interval, type Weekday } from '#shop';
import type { TestDatabase } from './database.js';

export const BERLIN = 'Europe/Berlin';
export const ALL_DAY: Interval = ['00:00', '00:00'];

/** The body of a request that removes the hours: the shop is always open. */
export const NO_HOURS = { weekly: {} };
/** The body of a request with hours that are all past. */
export const NEVER_OPEN = { weekly: {}, exceptions: [{ date: '2000-01-01', intervals: [ALL_DAY] }] };

/** The hours of some weekdays, and of some dates. */
export interface SomeHours {
  weekly?: Partial<Record<Weekday, Interval[]>>;
  exceptions?: Record<string, Interval[]>;
}

/** Hours, an instant, and whether the shop is open then and when that changes. */
export type HoursCase = [
  title: string,
  zone: string,
  at: string,
  hours: SomeHours,
  isOpen: boolean,
  opens: string | null,
  closes: string | null,
];

/** Returns the same hours for every day of the week. */
export function every(...intervals: Interval[]): SomeHours {
  return { weekly: perWeekday(() => intervals) };
}

export async function setHours(
  database: TestDatabase,
  { weekly = {}, exceptions = {} }: SomeHours,
): Promise<void> {
  const dates: HoursOfDate[] = Object.entries(exceptions).map(([date, intervals]) => ({ date, intervals }));
  await database.query('UPDATE shop_settings SET weekly = $1, exceptions = $2', [
    JSON.stringify(perWeekday((day) => weekly[day] ?? [])),
    JSON.stringify(dates),
  ]);
}
