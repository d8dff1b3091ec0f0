import { Injectable } from '@nestjs/common';
import { StartupError } from '#config';
import { Transactions, type Tx } from '#database';
import type { Finding } from './finding.js';
import { FINDINGS } from './findings.js';
import type { Movement } from './movement.js';
import type { FindingTotal, Period, Reconciliation, Totals } from './reconciliation.js';
import { ReconciliationRepository } from './reconciliation.repository.js';

const EMPTY = 'The statement has no rows: give its period with --from and --to';

/** Compares the payment provider's statement with placements, payments and refunds. Only reads. */
@Injectable()
export class ReconciliationService {
  constructor(
    private readonly repository: ReconciliationRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Compares the statement with one snapshot of the database.
   * @param period of the statement; by default from its first to its last movement
   * @param report called for each finding, in the order of FINDINGS
   * @throws StartupError if there is neither a movement nor a period, or no movement in the period, and what `statement` throws
   */
  reconcile(
    statement: AsyncIterable<readonly Movement[]>,
    period: Partial<Period>,
    report: (finding: Finding) => void,
  ): Promise<Reconciliation> {
    return this.transactions.readSnapshotAfter(
      (tx) => this.collect(statement, period, tx),
      (complete, tx) => this.compare(complete, report, tx),
    );
  }

  private async collect(
    statement: AsyncIterable<readonly Movement[]>,
    { from, to }: Partial<Period>,
    tx: Tx,
  ): Promise<Period> {
    await this.repository.begin(tx);
    for await (const movements of statement) await this.repository.add(movements, tx);
    const found = await this.repository.period(tx);
    const period = { from: from ?? found.from, to: to ?? found.to };
    if (!isComplete(period)) throw new StartupError(EMPTY);
    if (isComplete(found) && (found.to < period.from || found.from > period.to))
      throw new StartupError(
        `No row of the statement is in the period: they are from ${found.from.toISOString()} to ${found.to.toISOString()}`,
      );
    await this.repository.collect(period, tx);
    return period;
  }

  private async compare(period: Period, report: (finding: Finding) => void, tx: Tx): Promise<Reconciliation> {
    await this.repository.compare(period, tx);
    for await (const findings of this.repository.findings(tx)) findings.forEach(report);
    const { charge: charges, refund: refunds } = await this.repository.totals(tx);
    const counts = await this.repository.counts(tx);
    const codes = Object.keys(FINDINGS);
    return {
      period,
      charges,
      refunds,
      findings: counts.toSorted((one, other) => codes.indexOf(one.code) - codes.indexOf(other.code)),
      isExplained:
        effectOf(counts, 'charge') === difference(charges) &&
        effectOf(counts, 'refund') === difference(refunds),
    };
  }
}

function isComplete(period: { from: Date | null; to: Date | null }): period is Period {
  return period.from !== null && period.to !== null;
}

function difference({ provider, stored }: Totals): number {
  return provider.cents - stored.cents;
}

function effectOf(counts: (FindingTotal & { kind: Finding['kind'] })[], kind: Finding['kind']): number {
  return counts
    .filter((count) => count.kind === kind)
    .reduce((sum, { effectCents }) => sum + (effectCents ?? 0), 0);
}
