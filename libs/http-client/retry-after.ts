const HOUR_MS = 3_600_000;
const SECONDS = /^\d+$/;

/**
 * Returns for how many ms a provider asks to wait by its Retry-After header: seconds or a date in one of the three formats of
 * RFC 9110, 5.6.7. At most an hour. 0 if there is no such header, if it is malformed, or if its date has passed.
 */
export function retryAfterMs(header: unknown, now = Date.now()): number {
  if (typeof header !== 'string') return 0;
  const text = header.trim();
  const waitMs = SECONDS.test(text) ? Number(text) * 1000 : parseHttpDate(text) - now;
  return Math.min(HOUR_MS, Math.max(0, waitMs || 0));
}

/** Returns NaN for text that is no date. The format of asctime has no time zone and means GMT. */
function parseHttpDate(text: string): number {
  if (!/^[A-Z][a-z]+,? .*\d{2}:\d{2}:\d{2}/.test(text)) return NaN;
  return Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
}
