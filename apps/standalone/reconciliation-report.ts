import { FINDINGS, type Finding, type FindingCode, type Reconciliation, type Totals } from '#reconciliation';

const COUNT_WIDTH = 12;

/** `open`: nothing differs for certain, but something may. */
export type Verdict = 'equal' | 'different' | 'open';

/** Writes a comparison as text for people. */
export class ReconciliationReport {
  private code: FindingCode | undefined;

  constructor(private readonly writeLine: (line: string) => void) {}

  /** Writes a finding, and before the first one of each code what the code means and what to do. */
  add(finding: Finding): void {
    const { code } = finding;
    if (code !== this.code) {
      const { category, meaning, action } = FINDINGS[code];
      this.writeLine(`${code} (${category})\n  ${meaning}\n  What to do: ${action}`);
      this.code = code;
    }
    this.writeLine(`  - ${describe(finding)}`);
  }

  /** Writes the totals and the verdict. What the findings do not explain is a difference. */
  end({ period: { from, to }, charges, refunds, findings, isExplained }: Reconciliation): Verdict {
    this.writeLine(`\nPeriod ${from.toISOString()} to ${to.toISOString()}\n`);
    this.writeRow('', 'count', 'cents');
    this.writeTotals('charges', charges);
    this.writeTotals('refunds', refunds);
    for (const { code, count, effectCents } of findings) this.writeRow(code, count, effectCents ?? '-');
    this.writeLine('The cents of a finding are how much more the provider has.');
    this.writeLine(
      isExplained
        ? 'The findings explain the differences of the totals.'
        : 'The findings do NOT explain the differences of the totals: report this as a fault of the program.',
    );
    const [differences, open] = [countOf('difference', findings), countOf('open', findings)];
    const isEqual = isExplained && differences + open === 0;
    this.writeLine(isEqual ? 'Nothing differs.' : `Differences: ${differences}, open: ${open}`);
    if (isEqual) return 'equal';
    return isExplained && differences === 0 ? 'open' : 'different';
  }

  private writeTotals(name: string, { provider, stored }: Totals): void {
    this.writeRow(`${name} at the provider`, provider.count, provider.cents);
    this.writeRow(`${name} in the database`, stored.count, stored.cents);
    this.writeRow('  difference', provider.count - stored.count, provider.cents - stored.cents);
  }

  private writeRow(name: string, ...numbers: (string | number)[]): void {
    this.writeLine(name.padEnd(28) + numbers.map((number) => String(number).padStart(COUNT_WIDTH)).join(''));
  }
}

function countOf(
  category: (typeof FINDINGS)[FindingCode]['category'],
  findings: Reconciliation['findings'],
): number {
  return findings
    .filter(({ code }) => FINDINGS[code].category === category)
    .reduce((sum, { count }) => sum + count, 0);
}

function describe({ kind, key, chargeKey, placementId, orderId, provider, stored }: Finding): string {
  const charge = chargeKey === null ? '' : ` of charge ${chargeKey}`;
  const placement = placementId === null ? '' : `, placement ${placementId}`;
  const order = orderId === null ? '' : `, order ${orderId}`;
  const atProvider =
    provider === null
      ? 'nothing at the provider'
      : `${provider.cents} cents at the provider (${provider.time.toISOString()}, line ${provider.line})`;
  const inDatabase =
    stored === null
      ? 'nothing in the database'
      : `${stored.cents} cents in the database (${stored.time.toISOString()}, ${stored.state})`;
  return `${kind} ${key}${charge}${placement}${order}: ${atProvider}, ${inDatabase}`;
}
