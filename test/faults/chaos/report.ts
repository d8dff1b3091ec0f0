import type { ProviderIdempotency } from '#config';
import type { Fault, ChaosRun } from './chaos-run.js';
import { FAULTS } from './faults.js';

/** The number of rounds for each fault. */
export const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);
/** The same seed repeats the random choices of an earlier run. */
export const SEED = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000);

/** Without FAULT_ROUNDS, a run takes a quarter of the faults for each kind of provider. Four seeds in a row take all. */
const PARTS = process.env.FAULT_ROUNDS === undefined ? 4 : 1;

/** Returns the faults of this run for a kind of provider. Each kind gets another quarter. */
export function faultsFor(idempotency: ProviderIdempotency): Fault[] {
  const part = SEED + (idempotency === 'supported' ? 0 : 2);
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

/** Returns exits, purchases, lost responses, charges, orders and due refunds, in the order of the printed columns. */
async function counts({ purchases, app, processes }: ChaosRun): Promise<number[]> {
  const [found] = await app.database.query<{ orders: number; refunds: number }>(
    `SELECT (SELECT count(*) FROM orders)::int AS orders,
            (SELECT count(*) FROM order_placements WHERE state = 'refund_due')::int AS refunds`,
  );
  return [
    sum(processes.map(({ exitCount }) => exitCount)),
    purchases.length,
    sum(purchases.map(({ lostResponses }) => lostResponses)),
    app.payments.charges.length,
    found?.orders ?? 0,
    found?.refunds ?? 0,
  ];
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
