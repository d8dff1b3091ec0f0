import { BoardScreens } from './board-screens.js';
import type { Fixtures } from './fixtures.js';
import { runLoad } from './load.js';
import { runPgbench } from './pgbench.js';
import type { Postgres } from './postgres.js';
import { cpuMicros, type Server } from './processes.js';
import { checkRowCounts, countRows } from './row-counts.js';
import { PGBENCH, PRODUCT, type Target } from './targets.js';
import type { Workload } from './workload.js';

const WARM_UP_SECONDS = 1;
/** For the first measurement of a workload on a target: V8 optimizes hot code for about this long. */
const FIRST_WARM_UP_SECONDS = 15;
/** Autocannon ends a run at the next full second after its duration. */
const OVERRUN_SECONDS = 1;

/** One measurement of one target. Latencies, and CPU times per request, in µs. */
export interface Sample {
  requestsPerSecond: number;
  p50?: number;
  p99?: number;
  nodeMicros?: number;
  postgresMicros?: number;
}

/** What every measurement of a run shares. */
export interface RunContext {
  postgres: Postgres;
  provider: Server;
  fixtures: Fixtures;
  folder: string;
  seconds: number;
}

/**
 * Warms a target up, loads it and checks the rows that it wrote. Returns undefined if pgbench is not installed.
 * Throws an Error for an unexpected status or row count.
 */
export async function measure(
  workload: Workload,
  target: Target,
  connections: number,
  context: RunContext,
  { number, isFirst }: { number: number; isFirst: boolean },
): Promise<Sample | undefined> {
  if (target.name === PGBENCH) return measurePgbench(target, connections, context);
  const { postgres, provider, fixtures, seconds } = context;
  await fetch(`${provider.url}/delay/${workload.providerMs ?? 0}`, { method: 'POST' });
  const countCharges = async (): Promise<number> =>
    Number(await (await fetch(`${provider.url}/charges`)).text());

  const warmUpSeconds = isFirst ? FIRST_WARM_UP_SECONDS : WARM_UP_SECONDS;
  const maxSeconds = warmUpSeconds + seconds + 2 * OVERRUN_SECONDS;
  const plan = await workload.plan(target, fixtures, { number, seconds: maxSeconds });
  const before = await countRows(target, countCharges);
  const task = { ...plan, urls: target.servers.map(({ url }) => url), connections };
  const warmUpShare = (warmUpSeconds + OVERRUN_SECONDS) / maxSeconds;
  const screens =
    workload.screens !== undefined && target.name === PRODUCT
      ? new BoardScreens(target, fixtures.managerHeaders, workload.screens)
      : undefined;
  const warmUpIds = Math.floor((plan.ids?.length ?? 0) * warmUpShare);
  const warmUp = await runLoad({
    ...task,
    seconds: warmUpSeconds,
    ids: plan.ids?.slice(0, warmUpIds),
    keyPrefix: plan.keyPrefix === undefined ? undefined : `warm-up-${plan.keyPrefix}`,
  });

  await postgres.checkpoint();
  const cpuBefore = await readCpu(target, postgres);
  const result = await runLoad({ ...task, seconds, ids: plan.ids?.slice(warmUpIds) });
  const cpuAfter = await readCpu(target, postgres);
  await screens?.close();

  if (workload.writes) {
    const responses = warmUp.requests + result.requests;
    // Each of the two loads may leave one unanswered request per connection.
    const maxInFlight = 2 * connections;
    await checkRowCounts(target, workload.writes, before, { responses, maxInFlight, countCharges });
  }
  return {
    requestsPerSecond: result.requests / result.seconds,
    p50: result.p50,
    p99: result.p99,
    nodeMicros: (cpuAfter.node - cpuBefore.node) / result.requests,
    postgresMicros: (cpuAfter.postgres - cpuBefore.postgres) / result.requests,
  };
}

async function measurePgbench(
  { database }: Target,
  connections: number,
  { postgres, fixtures, folder, seconds }: RunContext,
): Promise<Sample | undefined> {
  await postgres.checkpoint();
  const { customerId } = fixtures;
  const requestsPerSecond = await runPgbench(database, { folder, connections, seconds, customerId });
  return requestsPerSecond === undefined ? undefined : { requestsPerSecond };
}

async function readCpu({ servers }: Target, postgres: Postgres): Promise<{ node: number; postgres: number }> {
  const node = await Promise.all(servers.map(({ pid }) => cpuMicros(pid)));
  return {
    node: node.reduce((sum, micros) => sum + micros, 0),
    postgres: await cpuMicros(postgres.pid, true),
  };
}
