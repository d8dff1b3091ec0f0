import type { Fault, Storm } from './storm.js';

/** How often each fault is let loose: once inside the whole test run, more often with FAULT_ROUNDS. */
export const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);
/** FAULT_SEED repeats the choices of an earlier run. */
export const SEED = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000);

/** Lets a fault loose so many times; answers what did not hold, each with its round. */
export async function rounds(storm: Storm, fault: Fault): Promise<string[]> {
  const before = counts(storm);
  const broken: string[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    broken.push(...(await storm.round(fault)).map((what) => `round ${round}: ${what}`));
  }
  const after = counts(storm);
  const row = [
    fault.name,
    ROUNDS,
    ...Object.keys(after).map((name) => (after[name] ?? 0) - (before[name] ?? 0)),
    broken.length,
  ];
  if (ROUNDS > 1) process.stdout.write(`| ${row.join(' | ')} |\n`);
  return broken;
}

/** In the order of the table's columns: requests, charges, orders, lost answers, processes that died. */
function counts({ purchases, shop, members }: Storm): Record<string, number> {
  const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
  return {
    purchases: purchases.length,
    answers: sum(purchases.map(({ answers }) => answers.length)),
    lost: sum(purchases.map(({ lost }) => lost)),
    charges: shop.payments.charges.length,
    orders: purchases.filter(({ order }) => order).length,
    deaths: sum(members.map(({ timesDied }) => timesDied)),
  };
}
