import { setTimeout as sleep } from 'node:timers/promises';
import {
  allowConnections,
  terminateConnections,
  blockConnections,
} from '../../support/database-connections.js';
import { eventually } from '../../support/eventually.js';
import { approve, chargeAndReset } from '../../support/payment-stub.js';
import type { ProcessKind, ManagedProcess } from './managed-process.js';
import { NOTIFICATION_BEHAVIOURS, PAYMENT_BEHAVIOURS, slowApproval } from './provider-behaviours.js';
import type { Fault, ChaosRun } from './chaos-run.js';

/** SIGTERM leaves a process so long for what is under way. */
const STOPS_WITHIN_MS = 15_000;
/** As long as a rush lasts, roughly. */
const OUTAGE_MS = 1_500;
const TEN_MINUTES_MS = 600_000;

/** From receiving a request to answering it. */
const API_FAILPOINTS = [
  'placement.place.before',
  'placement.begin.before',
  'placement.begin.after',
  'payment.charge.after',
  'placement.settle.before',
  'placement.settle.after',
  'placement.place.after',
  'order.transition.after',
  'order.change_status.after',
];
const WORKER_FAILPOINTS = [
  'notification.claim.after',
  'notification.deliver.after',
  'notification.record.after',
  'keys.reap.after',
];

/** Where a process comes seldom: keys are reaped at its start and then hourly, the others need charges of unknown outcome. */
const RARE_FAILPOINTS = /keys|lapsed|take_over/;

/** Everything that is let loose, one at a time. */
export const FAULTS: readonly Fault[] = [
  { name: 'nothing at all' },
  ...API_FAILPOINTS.map((place) => killAtFailpoint('api', place)),
  ...WORKER_FAILPOINTS.map((place) => killAtFailpoint('worker', place)),
  { ...killAtFailpoint('worker', 'placement.claim_lapsed.after'), only: 'supported' },
  { ...killAtFailpoint('api', 'placement.take_over.after'), only: 'supported' },
  killAtAnyMoment('api'),
  killAtAnyMoment('worker'),
  {
    name: 'SIGTERM of an API under load',
    inject: (run) => sendSignals(run, run.random.pick(run.apis), ['SIGTERM'], STOPS_WITHIN_MS),
  },
  {
    name: 'SIGTERM twice and SIGKILL of an API',
    inject: (run) => sendSignals(run, run.random.pick(run.apis), ['SIGTERM', 'SIGTERM', 'SIGKILL'], 5_000),
  },
  {
    name: 'SIGTERM of a worker',
    inject: (run) => sendSignals(run, run.random.pick(run.workers), ['SIGTERM'], STOPS_WITHIN_MS),
  },
  {
    name: 'an API that freezes until others have gone on with its placements, and wakes up',
    prepare: ({ app }) => {
      app.payments.defaultBehaviour = slowApproval;
    },
    inject: freezeAndResume,
    leavesTransactionsOpen: true,
  },
  {
    name: 'database connections terminated one by one',
    inject: async ({ app: { database } }) => {
      await repeatFor(OUTAGE_MS, async () => {
        await database.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name LIKE 'coffee-shop%' ORDER BY random() LIMIT 1`,
        );
        await sleep(30);
      });
    },
  },
  {
    name: 'a database that lets nobody in for a while',
    inject: async ({ app: { database }, random }) => {
      await sleep(random.between(0, 500));
      await blockConnections(database);
      await terminateConnections(database);
      await sleep(OUTAGE_MS);
      await allowConnections(database);
    },
  },
  { name: 'a payment provider with every bad manner', prepare: misbehavingPayments },
  {
    name: 'a payment provider that is away for a while',
    inject: async ({ app: { payments }, random }) => {
      await sleep(random.between(0, 300));
      await payments.stop();
      await sleep(OUTAGE_MS);
      await payments.restart();
    },
  },
  {
    name: 'a notification provider with every bad manner',
    prepare: ({ app, random }) => {
      app.notifications.defaultBehaviour = (...exchange) => random.pick(NOTIFICATION_BEHAVIOURS)(...exchange);
    },
  },
  {
    name: 'clocks ten minutes fast and slow',
    prepare: async ({ apis: [api], workers: [worker] }) => {
      await Promise.all([
        api?.restart(shiftedClock(TEN_MINUTES_MS)),
        worker?.restart(shiftedClock(-TEN_MINUTES_MS)),
      ]);
    },
    inject: async ({ apis: [api], workers: [worker] }) => {
      await sleep(OUTAGE_MS);
      await Promise.all([api?.restart({}), worker?.restart({})]);
    },
  },
  {
    name: 'bad manners, kills and terminated connections together',
    prepare: misbehavingPayments,
    inject: async (run) => {
      await repeatFor(2 * OUTAGE_MS, async () => {
        run.random.pick(run.processes).send('SIGKILL');
        await sleep(run.random.between(200, 900));
        await terminateConnections(run.app.database, 'coffee-shop');
      });
    },
  },
];

function misbehavingPayments({ app, random }: ChaosRun): void {
  app.payments.defaultBehaviour = (exchange) => random.pick(PAYMENT_BEHAVIOURS)(exchange);
}

/** The processes of a kind are gone at one exact place in their code, the first or second time that they come there. */
function killAtFailpoint(kind: ProcessKind, place: string): Fault {
  let victims: ManagedProcess[] = [];
  const deaths = (): number => victims.reduce((sum, { exitCount }) => sum + exitCount, 0);
  let before = 0;
  return {
    name: `kill -9 of the ${kind === 'api' ? 'API' : 'worker'}s at ${place}`,
    prepare: async ({ random, apis, workers, app }) => {
      const isRare = RARE_FAILPOINTS.test(place);
      if (isRare)
        app.payments.defaultBehaviour = (exchange) =>
          random.pick([approve, chargeAndReset, chargeAndReset])(exchange);
      const pass = (): number => (isRare ? 1 : random.between(1, 2));
      victims = [...(kind === 'api' ? apis : workers)];
      before = deaths();
      await Promise.all(victims.map((process) => process.restart({ FAILPOINTS: `${place}=kill:${pass()}` })));
    },
    inject: async () => {
      await eventually(`death at ${place}`, () => deaths() > before);
    },
  };
}

function killAtAnyMoment(kind: ProcessKind): Fault {
  return {
    name: `kill -9 of ${kind === 'api' ? 'an API' : 'a worker'} at any moment`,
    inject: async (run) => {
      await sendSignals(run, run.random.pick(kind === 'api' ? run.apis : run.workers), ['SIGKILL'], 5_000);
    },
  };
}

/** Sends the signals shortly after one another at some moment of the rush; the process must be gone in time. */
async function sendSignals(
  { random }: ChaosRun,
  process: ManagedProcess,
  signals: readonly NodeJS.Signals[],
  withinMs: number,
): Promise<void> {
  const deaths = process.exitCount;
  await sleep(random.between(100, 900));
  for (const signal of signals) {
    process.send(signal);
    await sleep(50);
  }
  await eventually('the process to end', () => process.exitCount > deaths, withinMs);
}

/** Frozen while one of its charges is under way, whose lease then lapses. */
async function freezeAndResume({ apis: [frozen], app: { database } }: ChaosRun): Promise<void> {
  const charging = (): Promise<{ id: string }[]> =>
    database.query(`SELECT id FROM order_placements WHERE state = 'charging'`);
  await eventually('charges under way', async () => (await charging()).length > 2);
  frozen?.send('SIGSTOP');
  await eventually('others to have gone on', async () => (await charging()).length === 0);
  frozen?.send('SIGCONT');
}

/** A process whose clock is off by so many ms. */
function shiftedClock(ms: number): NodeJS.ProcessEnv {
  const shift = `const now = Date.now.bind(Date);
    globalThis.Date = class extends Date {
      constructor(...given) { super(...(given.length > 0 ? given : [now() + ${ms}])); }
      static now() { return now() + ${ms}; }
    };`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shift)}` };
}

async function repeatFor(ms: number, work: () => Promise<void>): Promise<void> {
  const end = Date.now() + ms;
  while (Date.now() < end) await work();
}
