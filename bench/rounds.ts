import { measure, type RunContext } from './measure.js';
import type { Outcome } from './outcomes.js';
import { formatTable } from './report.js';
import { HISTORY_SIZES, startHistoryTargets, type Setup, type Target } from './targets.js';
import type { Workload } from './workload.js';

interface Selection {
  workloads: Workload[];
  connections: number[];
  rounds: number;
}

/** Workload and target of every measurement so far. */
const measurements: string[] = [];

/** Measures the selected workloads and prints each outcome. Starts the targets with a history when they are needed. */
export async function measureWorkloads(
  selection: Selection,
  targets: Target[],
  setup: Setup,
  context: RunContext,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let hasHistoryTargets = false;
  for (const workload of selection.workloads) {
    // Not earlier, because PostgreSQL is busy in the background for a while after a million inserts.
    if (!hasHistoryTargets && workload.targets.some((name) => name in HISTORY_SIZES)) {
      targets.push(...(await startHistoryTargets(setup, context.fixtures.customerId)));
      hasHistoryTargets = true;
    }
    const concerned = targets.filter(({ name }) => workload.targets.includes(name));
    for (const connections of workload.connections) {
      if (!selection.connections.includes(connections)) continue;
      const samples = await measureRounds(workload, connections, selection.rounds, concerned, context);
      const outcome = { workload: workload.name, connections, samples };
      console.log(formatTable([outcome]));
      outcomes.push(outcome);
    }
  }
  return outcomes;
}

/** Measures every target once per round, in a random order. */
async function measureRounds(
  workload: Workload,
  connections: number,
  rounds: number,
  targets: Target[],
  context: RunContext,
): Promise<Outcome['samples']> {
  const samples: Outcome['samples'] = Object.fromEntries(workload.targets.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const target of shuffle(targets)) {
      const measurement = `${workload.name}: ${target.name}`;
      const isFirst = !measurements.includes(measurement);
      const number = measurements.push(measurement);
      const sample = await measure(workload, target, connections, context, { number, isFirst });
      if (sample) samples[target.name]?.push(sample);
    }
  }
  return samples;
}

function shuffle<Item>(items: Item[]): Item[] {
  return items
    .map((item) => ({ item, position: Math.random() }))
    .sort((a, b) => a.position - b.position)
    .map(({ item }) => item);
}
