/** The number of charges that one application sends at once. */
const MAX_CONCURRENT = 50;
const MAX_WAITING = 1_000;
/** Long enough for a rush, short enough for the customers of a provider that hangs. */
const MAX_WAIT_MS = 2_000;

/** Limits the charges that run at once. The others wait before anything is written or sent for them. */
export class ChargeLimiter {
  private free = MAX_CONCURRENT;
  /** In the order of arrival. */
  private readonly waiting = new Set<() => void>();

  /** Runs `work` once a slot is free. Returns 'no_slot' without running it if none is free in time. */
  async run<Result>(work: () => Promise<Result>): Promise<Result | 'no_slot'> {
    if (!(await this.acquire())) return 'no_slot';
    try {
      return await work();
    } finally {
      this.release();
    }
  }

  private async acquire(): Promise<boolean> {
    if (this.free > 0) {
      this.free -= 1;
      return true;
    }
    if (this.waiting.size >= MAX_WAITING) return false;
    return new Promise((resolve) => {
      const start = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.waiting.delete(start);
        resolve(false);
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
