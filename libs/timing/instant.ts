import { isRFC3339 } from 'class-validator';
import { isRealDay } from './is-real-day.js';

/** The rule of `isInstant`, for messages. */
export const INSTANT_RULE = 'must be an RFC 3339 time with an offset, such as 2026-11-24T10:00:00Z';

/** Returns whether the value is a time of RFC 3339 that `Date` can read, which excludes leap seconds. */
export function isInstant(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    isRFC3339(value) &&
    /t/i.test(value) &&
    !Number.isNaN(Date.parse(value)) &&
    isRealDay(value.slice(0, 10))
  );
}
