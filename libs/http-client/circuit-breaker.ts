export interface CircuitBreakerOptions {
  /** This many failures in a row open the breaker. */
  failuresToOpen: number;
  /** How long it stays open at first, in ms. Doubles with each failed probe. */
  initialDelayMs: number;
  maxDelayMs: number;
  /** Called each time the breaker opens, with the time until the next probe. */
  onOpen: (delayMs: number) => void;
  /** Called when a probe has succeeded. */
  onClose: () => void;
}

/**
 * Stops calls to a provider that is down. After a delay one call at a time is let through as a probe: its success closes the breaker,
 * its failure doubles the delay. Other calls are refused at once. Own code, because cockatiel's breaker lets callers wait for the
 * probe and counts failures of calls that started before it opened.
 */
export class CircuitBreaker {
  private failures = 0;
  /** The number of times the breaker opened since it was created. Outcomes of calls from before the last one do not count. */
  private openings = 0;
  /** Set while the breaker is open. */
  private open?: { delayMs: number; until: number; isProbing: boolean };

  constructor(private readonly options: CircuitBreakerOptions) {}

  /** Returns whether a call would be let through now. */
  get isAvailable(): boolean {
    return !this.open || (!this.open.isProbing && performance.now() >= this.open.until);
  }

  /** Returns whether the breaker waits for the success of a probe. */
  get isOpen(): boolean {
    return this.open !== undefined;
  }

  /** Runs `call`, or returns undefined without running it. A rejection counts as a failure. */
  async execute<Result>(
    call: () => Promise<Result>,
    hasFailed: (result: Result) => boolean,
  ): Promise<Result | undefined> {
    if (!this.isAvailable) return undefined;
    if (this.open) this.open.isProbing = true;
    const openings = this.openings;
    let failed = true;
    try {
      const result = await call();
      failed = hasFailed(result);
      return result;
    } finally {
      if (openings === this.openings) this.record(failed);
    }
  }

  private record(failed: boolean): void {
    const { failuresToOpen, initialDelayMs, maxDelayMs, onOpen, onClose } = this.options;
    this.failures = failed ? this.failures + 1 : 0;
    if (!failed && this.open) {
      this.open = undefined;
      onClose();
    } else if (failed && (this.open || this.failures >= failuresToOpen)) {
      const delayMs = this.open ? Math.min(maxDelayMs, 2 * this.open.delayMs) : initialDelayMs;
      this.open = { delayMs, until: performance.now() + delayMs, isProbing: false };
      this.openings += 1;
      onOpen(delayMs);
    }
  }
}
