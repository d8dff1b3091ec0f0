import type { ProviderIdempotency } from '#config';
import type { Purchase } from '../faults/chaos/purchase.js';
import type { Drill, Round } from './drill.js';
import type { FailoverFault } from './failover-fault.js';
import { FAULTS } from './faults.js';
import type { Pace } from './recovery.js';

/** The number of rounds for each fault. Without HA_ROUNDS, a run has some of the faults and one kind of provider. */
export const ROUNDS = Number(process.env.HA_ROUNDS ?? 1);
/** The same seed repeats the random choices of an earlier run. */
export const SEED = Number(process.env.HA_SEED ?? Date.now() % 1_000_000);

/** Whether the drill is part of `npm test`. */
export const IS_SHORT = process.env.HA_ROUNDS === undefined;
const COLUMNS = [
  ...['fault', 'provider', 'rounds', 'purchases', 'seconds without an order'],
  ...['503', '503 of the balancer', '500', 'no response'],
  ...['acknowledged', 'lost', 'unknown', 'charged twice', 'violations'],
];

export const PROVIDERS: readonly ProviderIdempotency[] = IS_SHORT ? ['unknown'] : ['unknown', 'supported'];
export const PACE: Pace = IS_SHORT
  ? { quietMs: 4_000, recoveryMs: 20_000, slowness: 5 }
  : { quietMs: 10_000, recoveryMs: 10_000, slowness: 1 };

export function faultsOfRun(): FailoverFault[] {
  return FAULTS.filter(({ isInShortRun = false }) => isInShortRun || !IS_SHORT);
}

/** Prints the head of the table. */
export function printHead(): void {
  print(COLUMNS);
  print(COLUMNS.map(() => '---'));
}

/** Runs all rounds of a fault and prints their row. Returns the violations, each with its round. */
export async function runRounds(
  drill: Drill,
  fault: FailoverFault,
  provider: ProviderIdempotency,
): Promise<string[]> {
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS) rounds.push(await drill.runRound(fault));
  const purchases = rounds.flatMap((round) => round.purchases);
  const sum = (count: (round: Round) => number): number =>
    rounds.reduce((total, round) => total + count(round), 0);
  const responses = (isCounted: (response: Purchase['responses'][number]) => boolean): number =>
    purchases.flatMap((purchase) => purchase.responses).filter(isCounted).length;
  print([
    fault.name,
    provider,
    ROUNDS,
    purchases.length,
    rounds.map(({ pauseMs }) => (pauseMs / 1_000).toFixed(1)).join(', '),
    responses(({ status, code }) => status === 503 && code !== 'balancer'),
    responses(({ code }) => code === 'balancer'),
    responses(({ status }) => status === 500),
    purchases.reduce((total, { lostResponses }) => total + lostResponses, 0),
    purchases.filter(({ order }) => order !== undefined).length,
    sum(({ lost }) => lost.length),
    sum(({ unknown }) => unknown.length),
    sum(({ chargedTwice }) => chargedTwice.length),
    sum(({ violations }) => violations.length),
  ]);
  return rounds.flatMap(({ violations }, index) =>
    violations.map((violation) => `round ${index + 1}: ${violation}`),
  );
}

function print(cells: readonly unknown[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
