import type { TestDatabase } from '../../support/database.js';

const POLL_INTERVAL_MS = 200;

/** Polls the database for sessions that stay idle in an open transaction, for example during a provider call. */
export class TransactionMonitor {
  private readonly timer: NodeJS.Timeout;
  private readonly findings = new Map<number, string>();

  constructor(private readonly database: TestDatabase) {
    this.timer = setInterval(() => void this.check().catch(() => undefined), POLL_INTERVAL_MS);
  }

  /** Returns the findings since the last call. */
  takeFindings(): string[] {
    const findings = [...this.findings.values()];
    this.findings.clear();
    return findings;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async check(): Promise<void> {
    const idle = await this.database.query<{ pid: number; query: string }>(
      `SELECT pid, left(query, 100) AS query FROM pg_stat_activity
        WHERE datname = current_database() AND state = 'idle in transaction' AND state_change < now() - interval '1 second'`,
    );
    for (const { pid, query } of idle)
      this.findings.set(pid, `I10 a session is idle in an open transaction after: ${query}`);
  }
}
