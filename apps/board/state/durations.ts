/** For how many minutes something holds; `open` means until somebody ends it. */
export type Duration = 'open' | '15' | '30' | '60' | '240' | '720';

export const PAUSES: readonly (readonly [Duration, string])[] = [
  ['15', '15 minutes'],
  ['30', '30 minutes'],
  ['60', '1 hour'],
  ['open', 'Until I resume'],
];

export const SOLD_OUT_TIMES: readonly (readonly [Duration, string])[] = [
  ['open', 'Until I say so'],
  ['60', '1 hour'],
  ['240', '4 hours'],
  ['720', '12 hours'],
];

/** Returns undefined for an open end. */
export function minutesOf(duration: Duration): number | undefined {
  return duration === 'open' ? undefined : Number(duration);
}

/** @param now in ms since the epoch */
export function endOf(duration: Duration, now: number): string | undefined {
  const minutes = minutesOf(duration);
  return minutes === undefined ? undefined : new Date(now + minutes * 60_000).toISOString();
}
