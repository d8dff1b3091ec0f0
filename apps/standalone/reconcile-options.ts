import { parseArgs } from 'node:util';
import { StartupError } from '#config';
import type { Period } from '#reconciliation';
import { INSTANT_RULE, isInstant } from '#timing';

const USAGE = 'Usage: npm run reconcile -- --statement charges.csv [--from 2026-03-10T00:00:00Z] [--to …]';
const OPTIONS = {
  statement: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const;

/**
 * Reads the options of the command: the path of the statement and its period, as far as it is given.
 * @throws StartupError with the usage
 */
export function readReconcileOptions(args: string[]): { path: string; period: Partial<Period> } {
  const { statement, from, to } = parse(args);
  if (!statement) throw new StartupError(`--statement must be the path of a file\n${USAGE}`);
  const period = { from: timeOf('from', from), to: timeOf('to', to) };
  if (period.from && period.to && period.from > period.to)
    throw new StartupError(`--to must not be before --from\n${USAGE}`);
  return { path: statement, period };
}

function parse(args: string[]): { statement?: string; from?: string; to?: string } {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function timeOf(name: string, text?: string): Date | undefined {
  if (text === undefined) return undefined;
  if (!isInstant(text)) throw new StartupError(`--${name} ${INSTANT_RULE}\n${USAGE}`);
  return new Date(text);
}
