/** Returns the delay after attempt 1, 2, 3 …: `firstMs`, then doubled each time, up to `maxMs`. */
export function backoffMs(attempt: number, { firstMs, maxMs }: { firstMs: number; maxMs: number }): number {
  return Math.min(maxMs, firstMs * 2 ** (attempt - 1));
}
