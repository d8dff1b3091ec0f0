import { Logger } from '@nestjs/common';

/** Repeats work at an interval, and sooner when woken. Turns never overlap. */
export class PollingLoop {
  private readonly log = new Logger(PollingLoop.name);
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private wakes = 0;
  private readonly stopping = new AbortController();

  /** @param work is repeated after an error, which is logged. Work that takes long ends early once the signal is aborted. */
  constructor(
    private readonly name: string,
    private readonly intervalMs: number,
    private readonly work: (signal: AbortSignal) => Promise<void>,
  ) {}

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
    if (!this.stopped) this.timer = setTimeout(() => this.wake(), this.intervalMs);
  }

  private async runTurn(): Promise<void> {
    try {
      await this.work(this.stopping.signal);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.log.error(`A turn of ${this.name} failed`, { reason });
    }
  }
}
