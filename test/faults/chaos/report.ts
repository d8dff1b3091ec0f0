import type { Fault, ChaosRun } from './chaos-run.js';

/** How often each fault is let loose: once inside the whole test run, more often with FAULT_ROUNDS. */
export const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);
/** FAULT_SEED repeats the choices of an earlier run. */
export const SEED = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000);

/** Lets a fault loose so many times; answers what did not hold, each with its round. */
export async function runRounds(run: ChaosRun, fault: Fault): Promise<string[]> {
  const before = await counts(run);
  const broken: string[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    broken.push(...(await run.runRound(fault)).map((what) => `round ${round}: ${what}`));
  }
  const differences = (await counts(run)).map((count, index) => count - (before[index] ?? 0));
  if (ROUNDS > 1)
    process.stdout.write(`| ${[fault.name, ROUNDS, ...differences, broken.length].join(' | ')} |\n`);
  return broken;
}

/** Processes that died, purchases, lost answers, charges, orders and refunds that are due: the columns between rounds and violations. */
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
