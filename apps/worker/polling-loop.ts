import { Logger } from '@nestjs/common';

/** When the work of a loop is due, in ms. */
export interface Pace {
  /** Between the end of a turn and the next one. */
  intervalMs: number;
  /** After which a turn counts as stuck: far more than the limits of its statements and requests allow. */
  stuckAfterMs: number;
}

/** Repeats work at an interval, and sooner when woken. Turns never overlap. */
export class PollingLoop {
  private readonly log = new Logger(PollingLoop.name);
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private wakes = 0;
  private readonly stopping = new AbortController();
  /** When the running turn must have ended or the next one begun, in ms of `performance.now()`. */
  private stuckAt: number;

  /** @param work is repeated after an error, which is logged. Work that takes long ends early once the signal is aborted. */
  constructor(
    readonly name: string,
    private readonly pace: Pace,
    private readonly work: (signal: AbortSignal) => Promise<void>,
  ) {
    this.stuckAt = performance.now() + pace.stuckAfterMs;
  }

  /** Whether a turn does not end, or none began although it was due. */
  get isStuck(): boolean {
    return performance.now() > this.stuckAt;
  }

  /** Starts a turn now, or another one after the running turn. */
  wake(): void {
    this.wakes += 1;
    if (this.running || this.stopped) return;
    clearTimeout(this.timer);
    this.running = this.runTurns();
  }

  /** Starts no more turns. Resolves once the running turn has ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    await this.running;
    this.stuckAt = Infinity;
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async runTurns(): Promise<void> {
    let seen: number;
    do {
      seen = this.wakes;
      await this.runTurn();
    } while (!this.stopped && seen !== this.wakes);
    this.running = undefined;
    const { intervalMs, stuckAfterMs } = this.pace;
    this.stuckAt = performance.now() + intervalMs + stuckAfterMs;
    if (!this.stopped) this.timer = setTimeout(() => this.wake(), intervalMs);
  }

  private async runTurn(): Promise<void> {
    this.stuckAt = performance.now() + this.pace.stuckAfterMs;
    try {
      await this.work(this.stopping.signal);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.log.error(`A turn of ${this.name} failed`, { reason });
    }
  }
}
