import type { FindingCode, Reconciliation } from '#reconciliation';
import { ReconciliationReport, type Verdict } from './reconciliation-report.js';

const NOTHING = { count: 0, cents: 0 };
const TOTALS = { provider: NOTHING, stored: NOTHING };

function end(codes: FindingCode[], isExplained = true): { verdict: Verdict; lastLine: string | undefined } {
  const lines: string[] = [];
  const report = new ReconciliationReport((line) => lines.push(line));
  const findings: Reconciliation['findings'] = codes.map((code) => ({ code, count: 2, effectCents: 1 }));
  const period = { from: new Date(0), to: new Date(1) };
  const verdict = report.end({ period, charges: TOTALS, refunds: TOTALS, findings, isExplained });
  return { verdict, lastLine: lines.at(-1) };
}

describe('the verdict of a reconciliation', () => {
  it.each<FindingCode[]>([[], ['refund_without_order']])('is that nothing differs with %j', (...codes) => {
    expect(end(codes)).toEqual({ verdict: 'equal', lastLine: 'Nothing differs.' });
  });

  it.each<FindingCode>([
    'charge_unconfirmed',
    'charge_unanswered',
    'charge_waits_for_refund',
    'charge_outside_period',
    'refund_unconfirmed',
    'refund_unanswered',
    'refund_pending',
    'refund_outside_period',
  ])('is open with %s', (code) => {
    expect(end([code])).toEqual({ verdict: 'open', lastLine: 'Differences: 0, open: 2' });
  });

  it('is a difference with a difference and something open', () => {
    const { verdict, lastLine } = end(['charge_forgotten', 'refund_unconfirmed']);

    expect(verdict).toBe('different');
    expect(lastLine).toBe('Differences: 2, open: 2');
  });

  it('is a difference if the findings do not explain the totals', () => {
    expect(end([], false).verdict).toBe('different');
  });
});
