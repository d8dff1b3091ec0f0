import { fork } from 'node:child_process';
import { countRows, checkRowCounts } from './row-counts.js';
import { runPgbench } from './pgbench.js';
import type { LoadResult, LoadTask } from './load.js';
import type { Postgres } from './postgres.js';
import { cpuMicros, type Server } from './processes.js';
import type { Target } from './targets.js';
import { PGBENCH, type Fixtures, type Workload } from './workloads.js';

const WARM_UP_SECONDS = 1;
/** The first time that a target does this work: V8 goes on compiling what runs often for that long. */
const FIRST_WARM_UP_SECONDS = 15;

/** What one target did in one round; times in µs. */
export interface Sample {
  perSecond: number;
  p50?: number;
  p99?: number;
  nodeMicros?: number;
  postgresMicros?: number;
}

/** What a visit needs beside its target. */
export interface RunContext {
  postgres: Postgres;
  provider: Server;
  fixtures: Fixtures;
  folder: string;
  seconds: number;
}

/**
 * Warms a target up, drives it, and checks its books.
 * @throws Error for an unexpected status and where the books disagree
 */
export async function measure(
  workload: Workload,
  target: Target,
  connections: number,
  context: RunContext,
  { number, isFirst }: { number: number; isFirst: boolean },
): Promise<Sample | undefined> {
  const { postgres, provider, fixtures, folder, seconds } = context;
  if (target.name === PGBENCH) {
    await postgres.checkpoint();
    const perSecond = await runPgbench(target.database, {
      folder,
      connections,
      seconds,
      customerId: fixtures.customerId,
    });
    return perSecond === undefined ? undefined : { perSecond };
  }
  await fetch(`${provider.url}/delay/${workload.providerMs ?? 0}`, { method: 'POST' });
  const charges = async (): Promise<number> => Number(await (await fetch(`${provider.url}/charges`)).text());
  const warmUpSeconds = isFirst ? FIRST_WARM_UP_SECONDS : WARM_UP_SECONDS;
  // Autocannon ends a run at a full second after its time.
  const plan = await workload.plan(target, fixtures, { number, seconds: warmUpSeconds + seconds + 2 });
  const before = await countRows(target, charges);
  const task = { ...plan, urls: target.servers.map(({ url }) => url), connections };
  const spare = Math.floor(((plan.ids?.length ?? 0) * (warmUpSeconds + 1)) / (warmUpSeconds + seconds + 2));
  const warm = await runLoad({
    ...task,
    ids: plan.ids?.slice(0, spare),
    seconds: warmUpSeconds,
    keys: prefixed(plan.keys, 'warm'),
  });
  await postgres.checkpoint();
  const cpuBefore = await cpuOf(target, postgres);
  const measured = await runLoad({ ...task, ids: plan.ids?.slice(spare), seconds });
  const cpuAfter = await cpuOf(target, postgres);
  if (workload.writes) {
    const answers = warm.requests + measured.requests;
    await checkRowCounts(target, workload.writes, before, { answers, inFlight: 2 * connections, charges });
  }
  return {
    perSecond: measured.requests / measured.seconds,
    p50: measured.p50,
    p99: measured.p99,
    nodeMicros: (cpuAfter.node - cpuBefore.node) / measured.requests,
    postgresMicros: (cpuAfter.postgres - cpuBefore.postgres) / measured.requests,
  };
}

/**
 * Drives one task from a process of its own.
 * @throws Error where an answer was not as expected
 */
export async function runLoad(task: LoadTask): Promise<LoadResult> {
  const child = fork('dist/bench/load.js', { execArgv: [] });
  const measured = await new Promise<LoadResult>((resolve, reject) => {
    child.once('message', (message: LoadResult) => resolve(message));
    child.once('exit', () => reject(new Error('The load ended without a result')));
    child.send(task);
  });
  if (measured.failures.length > 0) {
    throw new Error(
      `${task.requests[0]?.path ?? ''} expected ${task.status}, got ${measured.failures.join(', ')}`,
    );
  }
  return measured;
}

function prefixed(keys: string | undefined, prefix: string): string | undefined {
  return keys === undefined ? undefined : `${prefix}-${keys}`;
}

async function cpuOf({ servers }: Target, postgres: Postgres): Promise<{ node: number; postgres: number }> {
  const node = await Promise.all(servers.map(({ pid }) => cpuMicros(pid)));
  return {
    node: node.reduce((sum, micros) => sum + micros, 0),
    postgres: await cpuMicros(postgres.pid, true),
  };
}
