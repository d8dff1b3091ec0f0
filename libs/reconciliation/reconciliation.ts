import type { FindingCode } from './findings.js';

/** A period from `from` to `to`, both inclusive. */
export interface Period {
  from: Date;
  to: Date;
}

export interface Total {
  count: number;
  cents: number;
}

/** What the provider's statement has, and what the database has. */
export interface Totals {
  provider: Total;
  stored: Total;
}

/** The findings of one code. */
export interface FindingTotal {
  code: FindingCode;
  count: number;
  /** How much more the provider has. Null if the finding changes no total. */
  effectCents: number | null;
}

/** The result of a comparison. */
export interface Reconciliation {
  period: Period;
  charges: Totals;
  refunds: Totals;
  /** In the order of FINDINGS, without codes that have none. */
  findings: FindingTotal[];
  /** Whether the findings add up to the differences of the totals. If not, this program is wrong. */
  isExplained: boolean;
}
