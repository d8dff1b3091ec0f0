import { Logger } from '@nestjs/common';

/** Repeats a piece of work, never two at once: at an interval, sooner when woken, and at once again as long as there is more. */
export class PollingLoop {
  private readonly log = new Logger(PollingLoop.name);
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private wakes = 0;
  private stopped = false;

  /**
   * @param work answers whether there is more to do at once; its errors are logged, and it is tried again at the next turn
   */
  constructor(
    private readonly name: string,
    private readonly intervalMs: number,
    private readonly work: () => Promise<boolean>,
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
    let more: boolean;
    do {
      seen = this.wakes;
      more = await this.attempt();
    } while (!this.stopped && (more || seen !== this.wakes));
    this.running = undefined;
    if (!this.stopped) this.timer = setTimeout(() => this.wake(), this.intervalMs);
  }

  private async attempt(): Promise<boolean> {
    try {
      return await this.work();
    } catch (error) {
      this.log.error(`A turn of ${this.name} failed`, {
        reason: error instanceof Error ? error.message : String(error),
      });
      return false;
    }
  }
}
