import { PaymentUnavailable } from './placements.errors.js';

/** The number of charges that one process sends at once. */
const MAX_CONCURRENT = 50;
const MAX_WAITING = 1_000;
/** Long enough for a rush, short enough for the customers of a provider that hangs. */
const MAX_WAIT_MS = 2_000;

/** Limits the charges that run at once in this process. The others wait; nothing is written or sent for them meanwhile. */
export class ChargeLimiter {
  private free = MAX_CONCURRENT;
  /** In the order of arrival. */
  private readonly waiting = new Set<() => void>();

  /**
   * Runs `work` once a slot is free.
   * @throws PaymentUnavailable if no slot is free in time
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.acquire();
    try {
      return await work();
    } finally {
      this.release();
    }
  }

  private async acquire(): Promise<void> {
    if (this.free > 0) {
      this.free -= 1;
      return;
    }
    if (this.waiting.size >= MAX_WAITING) throw new PaymentUnavailable();
    await new Promise<void>((resolve, reject) => {
      const start = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.delete(start);
        reject(new PaymentUnavailable());
      }, MAX_WAIT_MS);
      this.waiting.add(start);
    });
  }

  /** Passes the slot to the first that waits. */
  private release(): void {
    const [next] = this.waiting;
    if (next) {
      this.waiting.delete(next);
      next();
    } else {
      this.free += 1;
    }
  }
}
