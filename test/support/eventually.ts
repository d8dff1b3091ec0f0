import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 20;

/** Polls until `probe` returns neither undefined nor false. Throws after `withinMs`, naming `what` it waited for. */
export async function eventually<Found>(
  what: string,
  probe: () => Found | undefined | Promise<Found | undefined>,
  withinMs = 15_000,
): Promise<Found> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Timed out after ${withinMs} ms while waiting for ${what}`);
    await delay(POLL_MS);
  }
}
