import { FINDINGS, type Finding, type FindingCode, type Reconciliation, type Totals } from '#reconciliation';

const COUNT_WIDTH = 12;

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

  /** Writes the totals, and returns whether nothing differs. */
  end({ period: { from, to }, charges, refunds, findings, isExplained }: Reconciliation): boolean {
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
    const differences = findings.filter(({ code }) => FINDINGS[code].category === 'difference');
    const count = differences.reduce((sum, finding) => sum + finding.count, 0);
    this.writeLine(count === 0 ? 'Nothing differs.' : `Differences: ${count}`);
    return isExplained && count === 0;
  }

  private writeTotals(name: string, { there, here }: Totals): void {
    this.writeRow(`${name} at the provider`, there.count, there.cents);
    this.writeRow(`${name} here`, here.count, here.cents);
    this.writeRow('  difference', there.count - here.count, there.cents - here.cents);
  }

  private writeRow(name: string, ...numbers: (string | number)[]): void {
    this.writeLine(name.padEnd(28) + numbers.map((number) => String(number).padStart(COUNT_WIDTH)).join(''));
  }
}

function describe({ kind, key, chargeKey, orderId, there, here }: Finding): string {
  const charge = chargeKey === null ? '' : ` of charge ${chargeKey}`;
  const order = orderId === null ? '' : `, order ${orderId}`;
  const atProvider =
    there === null
      ? 'nothing at the provider'
      : `${there.cents} cents at the provider (${there.time.toISOString()}, line ${there.line})`;
  const inDatabase =
    here === null ? 'nothing here' : `${here.cents} cents here (${here.time.toISOString()}, ${here.state})`;
  return `${kind} ${key}${charge}${order}: ${atProvider}, ${inDatabase}`;
}
