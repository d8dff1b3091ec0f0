import { setTimeout as sleep } from 'node:timers/promises';
import {
  allowConnections,
  blockConnections,
  terminateConnections,
} from '../../support/database-connections.js';
import type { ChaosRun, Fault } from './chaos-run.js';
import {
  freezeAndResume,
  killAtAnyMoment,
  killAtFailpoint,
  killAtRareFailpoint,
  sendSignals,
  shiftedClock,
} from './process-faults.js';
import type { ProcessKind } from './managed-process.js';
import { NOTIFICATION_BEHAVIOURS, PAYMENT_BEHAVIOURS, slowApproval } from './provider-behaviours.js';

/** A process may finish its requests for this time after SIGTERM. */
const STOPS_WITHIN_MS = 15_000;
/** About the duration of a round's purchases. */
const OUTAGE_MS = 1_500;
const TEN_MINUTES_MS = 600_000;

/** In the order in which a request reaches them. */
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
/** In the order in which a cancellation, its refund and the worker reach them. */
const REFUND_FAILPOINTS: [ProcessKind, failpoint: string][] = [
  ['api', 'order.cancel.before'],
  ['api', 'refund.request.before'],
  ['api', 'refund.request.after'],
  ['api', 'audit.add.after'],
  ['api', 'order.cancel.after'],
  ['worker', 'refund.claim.before'],
  ['worker', 'refund.claim.after'],
  ['worker', 'payment.refund.before'],
  ['worker', 'payment.refund.after'],
  ['worker', 'refund.settle.before'],
  ['worker', 'refund.settle.after'],
];
const WORKER_FAILPOINTS = [
  'notification.claim.after',
  'notification.deliver.after',
  'notification.record.after',
];

/** Injected one at a time. */
export const FAULTS: readonly Fault[] = [
  { name: 'no fault' },
  ...API_FAILPOINTS.map((failpoint) => killAtFailpoint('api', failpoint)),
  ...WORKER_FAILPOINTS.map((failpoint) => killAtFailpoint('worker', failpoint)),
  ...REFUND_FAILPOINTS.map(([kind, failpoint]) =>
    killAtFailpoint(
      kind,
      failpoint,
      () => 1,
      (run) => run.giveBackMore(),
    ),
  ),
  // The worker deletes expired keys when it starts, and then every hour.
  killAtRareFailpoint('worker', 'idempotency_keys.delete_expired.after'),
  { ...killAtRareFailpoint('worker', 'placement.claim_expired.after'), only: 'supported' },
  { ...killAtRareFailpoint('api', 'placement.reclaim.after'), only: 'supported' },
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
    name: 'an API frozen until its leases have expired, then resumed',
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
    name: 'database connections blocked for 1.5 s',
    inject: async ({ app: { database }, random }) => {
      await sleep(random.between(0, 500));
      await blockConnections(database);
      await terminateConnections(database);
      await sleep(OUTAGE_MS);
      await allowConnections(database);
    },
  },
  { name: 'a misbehaving payment provider', prepare: misbehavingPayments },
  { name: 'a misbehaving refund provider', prepare: misbehavingRefunds },
  {
    name: 'a payment provider that is down for 1.5 s',
    inject: async ({ app: { payments }, random }) => {
      await sleep(random.between(0, 300));
      await payments.stop();
      await sleep(OUTAGE_MS);
      await payments.restart();
    },
  },
  {
    name: 'a refund provider that is down for 1.5 s',
    inject: async ({ app: { refunds }, random }) => {
      await sleep(random.between(0, 300));
      await refunds.stop();
      await sleep(OUTAGE_MS);
      await refunds.restart();
    },
  },
  {
    name: 'a misbehaving notification provider',
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
    name: 'misbehaving payment and refund providers, kills and terminated connections together',
    prepare: (run) => {
      misbehavingPayments(run);
      misbehavingRefunds(run);
    },
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

function misbehavingRefunds({ app, random }: ChaosRun): void {
  app.refunds.defaultBehaviour = (exchange) => random.pick(PAYMENT_BEHAVIOURS)(exchange);
}

async function repeatFor(ms: number, work: () => Promise<void>): Promise<void> {
  const end = Date.now() + ms;
  while (Date.now() < end) await work();
}
