import 'reflect-metadata';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkAgreement, checkMenus } from './agreement.js';
import { logIn } from './client.js';
import { endure, startUpMs } from './endurance.js';
import { Postgres } from './postgres.js';
import { Server } from './processes.js';
import { hopes, table, verdict, type Outcome } from './report.js';
import { SIZES, startSizes, startTargets, type Surroundings, type Target } from './targets.js';
import { visit, type Stage } from './visit.js';
import { LIMIT, PLACING, WORK, type Client, type Work } from './work.js';

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
const chosen = WORK.filter(({ name }) => new RegExp(values.only).test(name));
const ends: (() => Promise<unknown>)[] = [];
const folder = await mkdtemp(join(tmpdir(), 'coffee-shop-bench-'));
ends.unshift(() => rm(folder, { recursive: true, force: true }));
const visited: string[] = [];
let stopping: Promise<void> | undefined;

async function run(): Promise<void> {
  const postgres = await Postgres.start(join(folder, 'postgres'));
  ends.unshift(() => postgres.stop());
  const provider = await Server.start('bench/provider.js', {}, join(folder, 'provider.log'));
  ends.unshift(() => provider.stop());
  const surroundings = { postgres, paymentUrl: `${provider.url}/payment`, folder, replicas };
  const targets = await startTargets(surroundings);
  ends.unshift(() => Promise.all(targets.flatMap(({ servers }) => servers.map((server) => server.stop()))));
  const client = await logIn(targets[0]?.servers[0]?.url ?? '');
  await checkAgreement(
    targets.filter(({ name }) => name !== 'express-hello'),
    client,
  );
  await checkMenus(targets.filter(({ name }) => ['this product', 'express-hello'].includes(name)));
  console.log('All give the same answers and book the same rows.');
  targets.push({
    name: LIMIT,
    database: await postgres.clone('limit', false),
    servers: [],
    keepsPlacements: true,
  });

  const stage: Stage = { postgres, provider, client, folder, seconds: Number(values.seconds) };
  const outcomes: Outcome[] = [];
  for (const work of chosen) {
    // Not before: a million new orders keep PostgreSQL busy in the background for a while.
    if (work.targets.some((name) => name in SIZES) && !targets.some(({ name }) => name in SIZES)) {
      targets.push(...(await startSizes(surroundings, client.customerId)));
    }
    for (const connections of work.connections.filter((count) =>
      values.connections.split(',').includes(String(count)),
    )) {
      outcomes.push(await inRounds(work, connections, targets, stage));
      console.log(table(outcomes.slice(-1)));
    }
  }
  const endurance = minutes > 1 ? await lastingWell(targets, surroundings, client) : [];
  const verdicts = [...hopes(outcomes), ...endurance].join('\n');
  const report = [heading(postgres), table(outcomes), verdicts].join('\n\n');
  await mkdir('bench/results', { recursive: true });
  await writeFile('bench/results/latest.md', `${report}\n`);
  await writeFile('bench/results/latest.json', JSON.stringify(outcomes, undefined, 2));
  console.log(`\n${report}\n\nSaved in bench/results.`);
}

/** Every round visits every target once, in an order of its own. */
async function inRounds(work: Work, connections: number, targets: Target[], stage: Stage): Promise<Outcome> {
  const outcome: Outcome = {
    work: work.name,
    connections,
    samples: Object.fromEntries(work.targets.map((name) => [name, []])),
  };
  const concerned = targets.filter(({ name }) => work.targets.includes(name));
  for (let round = 0; round < rounds; round += 1) {
    for (const target of shuffled(concerned)) {
      const visiting = `${work.name}: ${target.name}`;
      const isFirst = !visited.includes(visiting);
      const number = visited.push(visiting);
      const sample = await visit(work, target, connections, stage, { number, isFirst });
      if (sample) outcome.samples[target.name]?.push(sample);
    }
  }
  return outcome;
}

/** What only shows over minutes, and how long the product takes to start. */
async function lastingWell(targets: Target[], surroundings: Surroundings, client: Client): Promise<string[]> {
  const [product] = targets;
  if (!product) throw new Error('Nothing to look at');
  const startUp = await startUpMs(product, surroundings);
  const { requests, secondMinute, lastMinute } = await endure(PLACING, product, client, minutes);
  const change = (100 * lastMinute) / secondMinute - 100;
  const memory = `${secondMinute.toFixed(0)} MiB in the second minute, ${lastMinute.toFixed(0)} in the last`;
  return [
    `- Start-up to the first ready answer: ${startUp.toFixed(0)} ms`,
    verdict(
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
    for (const end of ends) await end();
  })();
  return stopping;
}

// PostgreSQL would outlive us.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void stop().then(() => process.exit(1)));
await run().finally(stop);
