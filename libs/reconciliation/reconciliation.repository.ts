import { Injectable } from '@nestjs/common';
import { toSafeNumber, type Tx } from '#database';
import type { Finding } from './finding.js';
import { FINDINGS, type FindingCode } from './findings.js';
import * as FINDINGS_SQL from './findings.sql.js';
import type { Movement } from './movement.js';
import type { FindingTotal, Period, Totals } from './reconciliation.js';
import * as SQL from './reconciliation.sql.js';

type Kind = Finding['kind'];

/** bigint is text. */
interface FindingRow {
  code: FindingCode;
  kind: Kind;
  key: string;
  chargeKey: string | null;
  placementId: string | null;
  orderId: string | null;
  line: number | null;
  providerCents: string | null;
  providerTime: Date | null;
  state: string | null;
  storedCents: string | null;
  storedTime: Date | null;
}

/** Compares a statement with our tables by temporary tables, which end with their transaction. */
@Injectable()
export class ReconciliationRepository {
  async begin(tx: Tx): Promise<void> {
    for (const text of SQL.CREATE_TABLES) await tx.query(text);
  }

  async add(movements: readonly Movement[], tx: Tx): Promise<void> {
    await tx.query(SQL.ADD_ROWS, [
      movements.map(({ line }) => line),
      movements.map(({ kind }) => kind),
      movements.map(({ key }) => key),
      movements.map(({ valueCents }) => valueCents),
      movements.map(({ time }) => time),
      movements.map(({ chargeKey }) => chargeKey),
    ]);
  }

  /** Returns the times of the first and the last movement. Both are null without any. */
  async period(tx: Tx): Promise<Period | { from: null; to: null }> {
    const [period] = await tx.query<[Period | { from: null; to: null }]>(SQL.PERIOD);
    return period;
  }

  /** Collects the charges and refunds of the statement, and the stored ones that it names or that belong to the period. */
  async collect(period: Period, tx: Tx): Promise<void> {
    await this.runAll(SQL.COLLECT, period, tx);
  }

  /** Writes the findings. */
  async compare(period: Period, tx: Tx): Promise<void> {
    await this.runAll(FINDINGS_SQL.COMPARE, period, tx);
  }

  async totals(tx: Tx): Promise<Record<Kind, Totals>> {
    const rows = await tx.query<{ kind: Kind; side: keyof Totals; count: number; cents: string }[]>(
      FINDINGS_SQL.TOTALS,
    );
    const totalsOf = (kind: Kind): Totals => {
      const totalOf = (side: keyof Totals): Totals[typeof side] => {
        const row = rows.find((total) => total.kind === kind && total.side === side);
        return { count: row?.count ?? 0, cents: toSafeNumber(row?.cents ?? '0') };
      };
      return { provider: totalOf('provider'), stored: totalOf('stored') };
    };
    return { charge: totalsOf('charge'), refund: totalsOf('refund') };
  }

  /** Returns the number and the effect of the findings of each code and kind. */
  async counts(tx: Tx): Promise<(FindingTotal & { kind: Kind })[]> {
    const rows = await tx.query<
      { code: FindingCode; kind: Kind; count: number; effectCents: string | null }[]
    >(FINDINGS_SQL.COUNTS);
    return rows.map(({ effectCents, ...row }) => ({
      ...row,
      effectCents: effectCents === null ? null : toSafeNumber(effectCents),
    }));
  }

  /** Yields the findings in batches, in the order of FINDINGS. */
  async *findings(tx: Tx): AsyncGenerator<Finding[]> {
    await tx.query(FINDINGS_SQL.OPEN_CURSOR, [Object.keys(FINDINGS)]);
    for (;;) {
      const rows = await tx.query<FindingRow[]>(FINDINGS_SQL.FETCH);
      if (rows.length === 0) return;
      yield rows.map(toFinding);
    }
  }

  private async runAll(
    statements: readonly { text: string; hasPeriod: boolean }[],
    { from, to }: Period,
    tx: Tx,
  ): Promise<void> {
    for (const { text, hasPeriod } of statements) await tx.query(text, hasPeriod ? [from, to] : []);
  }
}

function toFinding(row: FindingRow): Finding {
  const { line, providerCents, providerTime, state, storedCents, storedTime, ...finding } = row;
  const isInStatement = line !== null && providerCents !== null && providerTime !== null;
  const isStored = state !== null && storedCents !== null && storedTime !== null;
  return {
    ...finding,
    provider: isInStatement ? { line, cents: toSafeNumber(providerCents), time: providerTime } : null,
    stored: isStored ? { state, cents: toSafeNumber(storedCents), time: storedTime } : null,
  };
}
