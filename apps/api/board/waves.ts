import { Logger } from '@nestjs/common';

/** Finds changes whose signal was lost, and those that come with time. */
const POLL_INTERVAL_MS = 1_000;
const MIN_PAUSE_MS = 50;
const STALE_AFTER_MS = 5_000;

/** Repeats work while started: on request, and at least once a second. Waves never overlap, and a pause follows each. */
export class Waves {
  private readonly log = new Logger(Waves.name);
  private poll: NodeJS.Timeout | undefined;
  private next: NodeJS.Timeout | undefined;
  private isRunning = false;
  private isRequested = false;
  private isFailing = false;
  /** In ms of `performance.now()`. */
  private earliestAt = 0;
  /** When the latest wave succeeded, or the first one was asked for; in ms of `performance.now()`. */
  private freshAt = 0;

  /** @param onStale is called each second while no wave has succeeded for five seconds */
  constructor(
    private readonly work: () => Promise<void>,
    private readonly onStale: () => void,
  ) {}

  start(): void {
    if (this.poll) return;
    this.freshAt = performance.now();
    this.poll = setInterval(() => {
      if (performance.now() - this.freshAt >= STALE_AFTER_MS) this.onStale();
      this.request();
    }, POLL_INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.poll);
    clearTimeout(this.next);
    this.poll = this.next = undefined;
    this.isRequested = false;
  }

  /** Asks for a wave that starts after this call. All requests before its start share it. */
  request(): void {
    if (!this.poll) return;
    this.isRequested = true;
    this.schedule();
  }

  private schedule(): void {
    if (!this.isRequested || this.isRunning || this.next) return;
    this.next = setTimeout(() => void this.run(), Math.max(0, this.earliestAt - performance.now()));
  }

  private async run(): Promise<void> {
    this.next = undefined;
    this.isRequested = false;
    this.isRunning = true;
    const startedAt = performance.now();
    await this.work().then(
      () => this.onSuccess(),
      (error: unknown) => this.onFailure(error),
    );
    const endedAt = performance.now();
    // Waves take at most half of the time.
    this.earliestAt = endedAt + Math.max(MIN_PAUSE_MS, endedAt - startedAt);
    this.isRunning = false;
    this.schedule();
  }

  private onSuccess(): void {
    this.freshAt = performance.now();
    if (this.isFailing) this.log.log('The live boards are up to date again');
    this.isFailing = false;
  }

  /** Logs once per outage. */
  private onFailure(error: unknown): void {
    if (this.isFailing || !this.poll) return;
    this.isFailing = true;
    const reason = error instanceof Error ? error.message : String(error);
    this.log.warn('The live boards are not up to date', { reason });
  }
}
