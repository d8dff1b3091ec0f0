import { setTimeout as sleep } from 'node:timers/promises';
import type { ChaosRun } from '../faults/chaos/chaos-run.js';
import { sendSignals } from '../faults/chaos/process-faults.js';
import { eventually } from '../support/eventually.js';
import { FAILOVER_MS } from './cluster/cluster-files.js';
import { mayResume } from './cluster/programs.js';
import type { PatroniNode } from './cluster/patroni-node.js';
import type { FailoverFault, FaultScope } from './failover-fault.js';

/** Commits of this time are lost with their primary. */
const LAG_MS = 3_000;
/** SHUTDOWN_DELAY_MS, open requests and the exit. */
const API_STOPS_WITHIN_MS = 30_000;

/** Injected one at a time. The last one leaves charges without rows, so that its exceptions would also concern later faults. */
export const FAULTS: readonly FailoverFault[] = [
  {
    name: 'postmaster of the primary killed',
    isInShortRun: true,
    observe: primary,
    inject: async ({ cluster }) => (await cluster.patroni.nodeThatIs('leader')).killPostmaster(),
  },
  {
    name: 'node of the primary killed',
    isInShortRun: true,
    observe: primary,
    ...lossOf('leader', (node) => node.kill()),
  },
  {
    name: 'node of the primary frozen',
    observe: primary,
    ...lossOf(
      'leader',
      (node) => node.freeze(),
      // A watchdog would have reset the machine.
      (node) => (mayResume ? node.resume() : node.kill().then(() => node.start())),
    ),
  },
  {
    name: 'node of the synchronous standby killed',
    observe: async ({ cluster }) =>
      `${(await cluster.patroni.nodeThatIs('sync_standby')).name} is the standby`,
    ...lossOf('sync_standby', (node) => node.kill()),
  },
  { name: 'switchover', observe: primary, inject: ({ cluster }) => cluster.patroni.switchOver() },
  {
    name: `etcd frozen for ${FAILOVER_MS / 1_000} s`,
    observe: primary,
    inject: async ({ cluster, run }) => {
      await cluster.freezeEtcd();
      try {
        await sleep(FAILOVER_MS);
        await eventually('the primary to give up', async () => !(await isWritable(run)));
      } finally {
        cluster.resumeEtcd();
      }
    },
  },
  {
    name: 'rolling restart of the APIs',
    restartsApis: true,
    inject: async ({ run }) => {
      for (const api of run.apis) {
        await sendSignals(run, api, ['SIGTERM'], API_STOPS_WITHIN_MS);
        await api.waitUntilLive();
      }
    },
  },
  lostTail(),
];

/** Tells the primary's server process from those before it. */
function primary({ run }: FaultScope): Promise<string> {
  return eventually('the primary', async () => {
    const found = await run.app.database
      .query<{ description: string }>(
        `SELECT format('the primary at port %s started at %s', inet_server_port(), pg_postmaster_start_time()) AS description`,
      )
      .catch(() => []);
    return found[0]?.description;
  });
}

async function isWritable({ app }: ChaosRun): Promise<boolean> {
  const found = await app.database
    .query<{ isWritable: boolean }>('SELECT NOT pg_is_in_recovery() AS "isWritable"')
    .catch(() => []);
  return found[0]?.isWritable ?? false;
}

function lossOf(
  role: 'leader' | 'sync_standby',
  breakNode: (node: PatroniNode, scope: FaultScope) => Promise<void>,
  repair = (node: PatroniNode): Promise<void> | void => node.start(),
): Required<Pick<FailoverFault, 'inject' | 'repair'>> {
  let broken: PatroniNode | undefined;
  return {
    inject: async (scope) => {
      broken = await scope.cluster.patroni.nodeThatIs(role);
      await breakNode(broken, scope);
    },
    repair: () => broken && repair(broken),
  };
}

/** An asynchronous failover. The standbys receive nothing for a while, and then the primary dies with what it had acknowledged. */
function lostTail(): FailoverFault {
  let [from, until] = [0, 0];
  const node = lossOf('leader', async (leader, { cluster, run }) => {
    from = Date.now();
    await cluster.replicationLink.hold();
    try {
      await sleep(LAG_MS);
      await eventually('an order that will be lost', () =>
        run.purchases.some(({ responses }) =>
          responses.some(({ status, receivedAt }) => status === 201 && receivedAt > from),
        ),
      );
      await leader.kill();
    } finally {
      await cluster.replicationLink.restart();
    }
    until = Date.now();
  });
  return {
    name: `asynchronous replication, node of the primary killed with ${LAG_MS / 1_000} s of commits`,
    observe: primary,
    prepare: ({ cluster }) => cluster.patroni.setSynchronousMode(false),
    ...node,
    repair: async (scope) => {
      await node.repair(scope);
      await scope.cluster.patroni.setSynchronousMode(true);
    },
    // I3: a repeated key gets the old charge, although a price has changed. Without an outcome it is unknown again, and only a
    // provider that honours keys knows that a charge is repeated.
    lostTail: (idempotency) => ({
      from,
      until,
      invariants: [
        ...['I2', 'I3', 'I4', 'I5', 'I6', 'I8', 'I9', 'R2', 'R5'],
        ...(idempotency === 'unknown' ? ['I1', 'I15', 'I19'] : []),
      ],
    }),
  };
}
