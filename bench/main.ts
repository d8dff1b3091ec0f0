import 'reflect-metadata';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkParity, checkMenuParity } from './parity.js';
import { createFixtures } from './fixtures.js';
import { soak, startUpMs } from './soak.js';
import { Postgres } from './postgres.js';
import { Server } from './processes.js';
import { goalResults, formatTable, formatGoal, type Outcome } from './report.js';
import { HISTORY_SIZES, startHistoryTargets, startTargets, type Setup, type Target } from './targets.js';
import { measure, type RunContext } from './measure.js';
import { PGBENCH, PLACE_ORDERS, WORKLOADS, type Fixtures, type Workload } from './workloads.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    connections: { type: 'string', default: '32,1,256' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    replicas: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '10' },
  },
});
const rounds = Number(values.rounds);
const replicas = Number(values.replicas);
const minutes = Number(values.minutes);
const selected = WORKLOADS.filter(({ name }) => new RegExp(values.only).test(name));
const cleanups: (() => Promise<unknown>)[] = [];
const folder = await mkdtemp(join(tmpdir(), 'coffee-shop-bench-'));
cleanups.unshift(() => rm(folder, { recursive: true, force: true }));
const measured: string[] = [];
let stopping: Promise<void> | undefined;

async function run(): Promise<void> {
  const postgres = await Postgres.start(join(folder, 'postgres'));
  cleanups.unshift(() => postgres.stop());
  const provider = await Server.start('bench/payment-provider.js', { logFile: join(folder, 'provider.log') });
  cleanups.unshift(() => provider.stop());
  const setup = { postgres, paymentUrl: `${provider.url}/payment`, folder, replicas };
  const targets = await startTargets(setup);
  cleanups.unshift(() =>
    Promise.all(targets.flatMap(({ servers }) => servers.map((server) => server.stop()))),
  );
  const fixtures = await createFixtures(targets[0]?.servers[0]?.url ?? '');
  await checkParity(
    targets.filter(({ name }) => name !== 'express-hello'),
    fixtures,
  );
  await checkMenuParity(targets.filter(({ name }) => ['this product', 'express-hello'].includes(name)));
  console.log('All give the same answers and book the same rows.');
  targets.push({
    name: PGBENCH,
    database: await postgres.clone('limit', false),
    servers: [],
    writesPlacements: true,
  });

  const context: RunContext = { postgres, provider, fixtures, folder, seconds: Number(values.seconds) };
  const outcomes: Outcome[] = [];
  for (const workload of selected) {
    // Not before: a million new orders keep PostgreSQL busy in the background for a while.
    if (
      workload.targets.some((name) => name in HISTORY_SIZES) &&
      !targets.some(({ name }) => name in HISTORY_SIZES)
    ) {
      targets.push(...(await startHistoryTargets(setup, fixtures.customerId)));
    }
    for (const connections of workload.connections.filter((count) =>
      values.connections.split(',').includes(String(count)),
    )) {
      outcomes.push(await measureRounds(workload, connections, targets, context));
      console.log(formatTable(outcomes.slice(-1)));
    }
  }
  const endurance = minutes > 1 ? await measureStability(targets, setup, fixtures) : [];
  const goals = [...goalResults(outcomes), ...endurance].join('\n');
  const report = [heading(postgres), formatTable(outcomes), goals].join('\n\n');
  await mkdir('bench/results', { recursive: true });
  await writeFile('bench/results/latest.md', `${report}\n`);
  await writeFile('bench/results/latest.json', JSON.stringify(outcomes, undefined, 2));
  console.log(`\n${report}\n\nSaved in bench/results.`);
}

/** Every round visits every target once, in an order of its own. */
async function measureRounds(
  workload: Workload,
  connections: number,
  targets: Target[],
  context: RunContext,
): Promise<Outcome> {
  const outcome: Outcome = {
    workload: workload.name,
    connections,
    samples: Object.fromEntries(workload.targets.map((name) => [name, []])),
  };
  const concerned = targets.filter(({ name }) => workload.targets.includes(name));
  for (let round = 0; round < rounds; round += 1) {
    for (const target of shuffled(concerned)) {
      const run = `${workload.name}: ${target.name}`;
      const isFirst = !measured.includes(run);
      const number = measured.push(run);
      const sample = await measure(workload, target, connections, context, { number, isFirst });
      if (sample) outcome.samples[target.name]?.push(sample);
    }
  }
  return outcome;
}

/** What only shows over minutes, and how long the product takes to start. */
async function measureStability(targets: Target[], setup: Setup, fixtures: Fixtures): Promise<string[]> {
  const [product] = targets;
  if (!product) throw new Error('Nothing to look at');
  const startUp = await startUpMs(product, setup);
  const { requests, secondMinute, lastMinute } = await soak(PLACE_ORDERS, product, fixtures, minutes);
  const change = (100 * lastMinute) / secondMinute - 100;
  const memory = `${secondMinute.toFixed(0)} MiB in the second minute, ${lastMinute.toFixed(0)} in the last`;
  return [
    `- Start-up to the first ready answer: ${startUp.toFixed(0)} ms`,
    formatGoal(
      `Memory over ${minutes} minutes and ${requests} orders: ${memory} (${change.toFixed(1)} %), hoped for within 10 %`,
      Math.abs(change) <= 10,
    ),
  ];
}

function shuffled<Item>(items: Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

function heading({ version }: Postgres): string {
  const [cpu] = cpus();
  return [
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpu?.model ?? ''}, Node ${process.version}, PostgreSQL ${version},`,
    `${values.rounds} rounds of ${values.seconds} s, ${values.replicas} process(es) each: npm run bench -- ${process.argv.slice(2).join(' ')}`,
  ].join(' ');
}

/** Ends all that was started, once, whether the run is over, fails or is interrupted. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    for (const end of cleanups) await end();
  })();
  return stopping;
}

// PostgreSQL would outlive us.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void stop().then(() => process.exit(1)));
await run().finally(stop);
