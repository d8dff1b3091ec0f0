const MAX_DELAY_MS = 3000;

/** Returns how long to wait before the next attempt to connect: 1, 2, then 3 seconds. */
export function delayAfter(failures: number): number {
  return Math.min(1000 * 2 ** (failures - 1), MAX_DELAY_MS);
}
