import { Inject, Injectable, Logger } from '@nestjs/common';
import { Metrics } from '#metrics';
import { isSettledWithin } from '#timing';
import { BacklogsRepository, type Backlogs } from './backlogs.repository.js';
import type { Backlog } from './backlogs.sql.js';

const MIN_INTERVAL_MS = 5_000;
/** Shorter than the timeout of a scrape, which is 10 s by default. */
const MAX_WAIT_MS = 2_000;

/** Shows what waits in the database, as metrics. They are absent while the database does not answer in time. */
@Injectable()
export class MonitoringService {
  private readonly log = new Logger(MonitoringService.name);
  private reading: Promise<Backlogs | undefined> | undefined;
  private isReading = false;
  /** In ms of `performance.now()`. */
  private startedAt = -Infinity;
  private isLossLogged = false;

  constructor(
    @Inject(BacklogsRepository) private readonly repository: Pick<BacklogsRepository, 'read'>,
    private readonly metrics: Metrics,
  ) {
    this.addStates('placements', 'Placements');
    this.addStates('refunds', 'Refunds');
    this.addStates('notifications', 'Notifications');
    this.add(
      'placements_in_doubt_cents',
      'Sum of the charges whose outcome nobody knows or waits for',
      (backlogs) => backlogs.inDoubtCents,
    );
    this.add('sessions_active', 'Sessions that keep a user logged in', (backlogs) => backlogs.activeSessions);
  }

  private add(name: string, help: string, valueOf: (backlogs: Backlogs) => number): void {
    this.metrics.gauge({ name, help }, async () => {
      const backlogs = await this.current();
      return backlogs ? [{ value: valueOf(backlogs) }] : [];
    });
  }

  private addStates(backlog: Backlog, title: string): void {
    const gauges = [
      { name: backlog, help: `${title} that need work`, property: 'rows' },
      {
        name: `${backlog}_oldest_seconds`,
        help: `Age of the oldest of the ${backlog} that need work`,
        property: 'oldestSeconds',
      },
    ] as const;
    for (const { property, ...options } of gauges) {
      this.metrics.gauge({ ...options, labels: ['state'] }, async () => {
        const states = (await this.current())?.states ?? [];
        return states
          .filter((count) => count.backlog === backlog)
          .map((count) => ({ labels: { state: count.state }, value: count[property] }));
      });
    }
  }

  /** Returns what the last statement found, or undefined if it failed or takes too long. All callers share one statement. */
  private async current(): Promise<Backlogs | undefined> {
    const isFresh = performance.now() - this.startedAt < MIN_INTERVAL_MS;
    if (!this.reading || !(this.isReading || isFresh)) this.reading = this.read();
    const { reading } = this;
    return (await isSettledWithin(MAX_WAIT_MS, reading)) ? reading : undefined;
  }

  /** Never rejects. */
  private async read(): Promise<Backlogs | undefined> {
    this.startedAt = performance.now();
    this.isReading = true;
    try {
      const backlogs = await this.repository.read();
      this.isLossLogged = false;
      return backlogs;
    } catch (error) {
      this.logLoss(error);
      return undefined;
    } finally {
      this.isReading = false;
    }
  }

  /** Once per loss. */
  private logLoss(error: unknown): void {
    if (this.isLossLogged) return;
    this.isLossLogged = true;
    const reason = error instanceof Error ? error.message : String(error);
    this.log.warn('The metrics of the database are absent, because it cannot be read', { reason });
  }
}
