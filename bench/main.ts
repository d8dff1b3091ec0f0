import 'reflect-metadata';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createFixtures } from './fixtures.js';
import { checkGoals } from './goals.js';
import type { RunContext } from './measure.js';
import { checkMenuParity, checkParity } from './parity.js';
import { Postgres } from './postgres.js';
import { Server } from './processes.js';
import { formatReport } from './report.js';
import { measureWorkloads } from './rounds.js';
import { soak, startUpMs } from './soak.js';
import { PGBENCH, PRODUCT, startTargets, type Setup } from './targets.js';
import { WORKLOADS } from './workloads.js';

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
const seconds = Number(values.seconds);
const replicas = Number(values.replicas);
const minutes = Number(values.minutes);
const connections = values.connections.split(',').map(Number);
const workloads = WORKLOADS.filter(({ name }) => new RegExp(values.only).test(name));

/** In the order to run them. */
const cleanups: (() => Promise<unknown>)[] = [];
let stopping: Promise<void> | undefined;

async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-shop-bench-'));
  cleanups.unshift(() => rm(folder, { recursive: true, force: true }));
  const postgres = await Postgres.start(join(folder, 'postgres'));
  cleanups.unshift(() => postgres.stop());
  const provider = await Server.start('bench/payment-provider.js', { logFile: join(folder, 'provider.log') });
  cleanups.unshift(() => provider.stop());
  const setup: Setup = { postgres, paymentUrl: `${provider.url}/payment`, folder, replicas };
  const targets = await startTargets(setup);
  cleanups.unshift(() =>
    Promise.all(targets.flatMap(({ servers }) => servers.map((server) => server.stop()))),
  );
  const [product] = targets;
  if (!product) throw new Error('No target was started');

  const fixtures = await createFixtures(product.servers[0]?.url ?? '');
  await checkParity(
    targets.filter(({ name }) => name !== 'express-hello'),
    fixtures,
  );
  await checkMenuParity(targets.filter(({ name }) => [PRODUCT, 'express-hello'].includes(name)));
  console.log('All targets return the same responses and write the same rows.');

  const database = await postgres.clone(PGBENCH, false);
  targets.push({ name: PGBENCH, database, servers: [], writesPlacements: true });
  const context: RunContext = { postgres, provider, fixtures, folder, seconds };
  const outcomes = await measureWorkloads({ workloads, connections, rounds }, targets, setup, context);

  const goals = checkGoals(outcomes);
  if (minutes > 1) {
    const startUp = await startUpMs(product, setup);
    goals.push(`- Start-up to the first successful health check: ${startUp.toFixed(0)} ms`);
    goals.push(await soak(product, fixtures, minutes));
  }
  const report = formatReport({
    postgresVersion: postgres.version,
    rounds,
    seconds,
    replicas,
    outcomes,
    goals,
  });
  await mkdir('bench/results', { recursive: true });
  await writeFile('bench/results/latest.md', report);
  await writeFile('bench/results/latest.json', JSON.stringify(outcomes, undefined, 2));
  console.log(`\n${report}\nSaved as bench/results/latest.md.`);
}

/** Stops everything that was started. Later calls wait for the first. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    for (const cleanup of cleanups) await cleanup();
  })();
  return stopping;
}

// Without this, PostgreSQL would keep running after an interrupt.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void stop().then(() => process.exit(1)));
}
await run().finally(stop);
