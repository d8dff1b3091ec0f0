import type { ProviderIdempotency } from '#config';
import type { Fault, ChaosRun } from './chaos-run.js';
import { FAULTS } from './faults.js';

/** The number of rounds for each fault. */
export const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);
/** The same seed repeats the random choices of an earlier run. */
export const SEED = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000);

/** Without FAULT_ROUNDS, a run takes some of the faults for each kind of provider. This many seeds in a row take all. */
const PARTS = process.env.FAULT_ROUNDS === undefined ? 16 : 1;

/** Returns the faults of this run for a kind of provider. Each kind gets another part. */
export function faultsFor(idempotency: ProviderIdempotency): Fault[] {
  const part = SEED + (idempotency === 'supported' ? 0 : Math.floor(PARTS / 2));
  return FAULTS.filter(({ only = idempotency }) => only === idempotency).filter(
    (_, index) => (index + part) % PARTS === 0,
  );
}

/** Runs all rounds of a fault. Returns the violations, each with its round. */
export async function runRounds(run: ChaosRun, fault: Fault): Promise<string[]> {
  const before = await counts(run);
  const violations: string[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    violations.push(...(await run.runRound(fault)).map((violation) => `round ${round}: ${violation}`));
  }
  const differences = (await counts(run)).map((count, index) => count - (before[index] ?? 0));
  if (ROUNDS > 1)
    process.stdout.write(`| ${[fault.name, ROUNDS, ...differences, violations.length].join(' | ')} |\n`);
  return violations;
}

/**
 * Returns exits, purchases, lost responses, charges, orders, cancelled orders, refunds at the provider, refunds that are recorded as
 * refunded and as rejected, in the order of the printed columns.
 */
async function counts({ purchases, app, processes }: ChaosRun): Promise<number[]> {
  const [found] = await app.database.query<Record<'orders' | 'cancelled' | 'refunded' | 'rejected', number>>(
    `SELECT (SELECT count(*) FROM orders)::int AS orders,
            (SELECT count(*) FROM orders WHERE status = 'cancelled')::int AS cancelled,
            (SELECT count(*) FROM refunds WHERE state = 'refunded')::int AS refunded,
            (SELECT count(*) FROM refunds WHERE state = 'rejected')::int AS rejected`,
  );
  return [
    sum(processes.map(({ exitCount }) => exitCount)),
    purchases.length,
    sum(purchases.map(({ lostResponses }) => lostResponses)),
    app.payments.charges.length,
    found?.orders ?? 0,
    found?.cancelled ?? 0,
    app.refunds.refunds.length,
    found?.refunded ?? 0,
    found?.rejected ?? 0,
  ];
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
