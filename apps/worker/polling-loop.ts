import { Logger } from '@nestjs/common';

/** Repeats a piece of work, never two at once: at an interval, and sooner when woken. */
export class PollingLoop {
  private readonly log = new Logger(PollingLoop.name);
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private wakes = 0;
  private stopped = false;

  /**
   * @param work its errors are logged, and it is tried again at the next turn
   */
  constructor(
    private readonly name: string,
    private readonly intervalMs: number,
    private readonly work: () => Promise<void>,
  ) {}

  /** Starts a turn now; during one, another follows it. */
  wake(): void {
    this.wakes += 1;
    if (this.running || this.stopped) return;
    clearTimeout(this.timer);
    this.running = this.turn();
  }

  /** Starts no more turns; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async turn(): Promise<void> {
    let seen: number;
    do {
      seen = this.wakes;
      await this.work().catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        this.log.error(`A turn of ${this.name} failed`, { reason });
      });
    } while (!this.stopped && seen !== this.wakes);
    this.running = undefined;
    if (!this.stopped) this.timer = setTimeout(() => this.wake(), this.intervalMs);
  }
}
