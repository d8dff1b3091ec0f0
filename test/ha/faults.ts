import { setTimeout as sleep } from 'node:timers/promises';
import { sendSignals } from '../faults/chaos/process-faults.js';
import { FAILOVER_MS } from './cluster/cluster-files.js';
import { mayResume } from './cluster/programs.js';
import type { PatroniNode } from './cluster/patroni-node.js';
import type { Drill, FailoverFault } from './drill.js';

/** Commits of this time are lost with their primary. */
const LAG_MS = 3_000;
/** SHUTDOWN_DELAY_MS, open requests and the exit. */
const API_STOPS_WITHIN_MS = 30_000;

/** Injected one at a time. The last one leaves charges without rows, so that its exceptions would also concern later faults. */
export const FAULTS: readonly FailoverFault[] = [
  {
    name: 'postmaster of the primary killed',
    isInShortRun: true,
    inject: async ({ cluster }) => (await cluster.patroni.nodeThatIs('leader')).killPostmaster(),
  },
  { name: 'node of the primary killed', isInShortRun: true, ...lossOf('leader', (node) => node.kill()) },
  {
    name: 'node of the primary frozen',
    ...lossOf(
      'leader',
      (node) => node.freeze(),
      // A watchdog would have reset the machine.
      (node) => (mayResume ? node.resume() : node.kill().then(() => node.start())),
    ),
  },
  { name: 'node of the synchronous standby killed', ...lossOf('sync_standby', (node) => node.kill()) },
  { name: 'switchover', inject: ({ cluster }) => cluster.patroni.switchOver() },
  {
    name: `etcd frozen for ${FAILOVER_MS / 1_000} s`,
    inject: async ({ cluster }) => {
      await cluster.freezeEtcd();
      await sleep(FAILOVER_MS);
      cluster.resumeEtcd();
    },
  },
  {
    name: 'rolling restart of the APIs',
    inject: async ({ run }) => {
      for (const api of run.apis) {
        await sendSignals(run, api, ['SIGTERM'], API_STOPS_WITHIN_MS);
        await api.waitUntilLive();
      }
    },
  },
  lostTail(),
];

function lossOf(
  role: 'leader' | 'sync_standby',
  strike: (node: PatroniNode, drill: Drill) => Promise<void>,
  repair = (node: PatroniNode): Promise<void> | void => node.start(),
): Required<Pick<FailoverFault, 'inject' | 'repair'>> {
  let victim: PatroniNode | undefined;
  return {
    inject: async (drill) => {
      victim = await drill.cluster.patroni.nodeThatIs(role);
      await strike(victim, drill);
    },
    repair: () => victim && repair(victim),
  };
}

/** An asynchronous failover. The standbys receive nothing for a while, and then the primary dies with what it had acknowledged. */
function lostTail(): FailoverFault {
  const node = lossOf('leader', async (leader, drill) => {
    await drill.cluster.replicationLink.hold();
    await sleep(LAG_MS);
    await leader.kill();
    await drill.cluster.replicationLink.restart();
  });
  return {
    name: `asynchronous replication, node of the primary killed with ${LAG_MS / 1_000} s of commits`,
    prepare: ({ cluster }) => cluster.patroni.setSynchronousMode(false),
    ...node,
    repair: async (drill) => {
      await node.repair(drill);
      await drill.cluster.patroni.setSynchronousMode(true);
    },
    // I3: a repeated key gets the old charge, although a price has changed. Without an outcome it is unknown again, and only a
    // provider that honours keys knows that a charge is repeated.
    exceptions: (idempotency) => [
      ...['I2', 'I3', 'I4', 'I5', 'I6', 'I8', 'I9', 'I14', 'R2', 'R5'],
      ...(idempotency === 'unknown' ? ['I1', 'I15', 'I19'] : []),
    ],
  };
}
