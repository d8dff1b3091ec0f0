import { setTimeout as sleep } from 'node:timers/promises';
import type { ProviderIdempotency } from '#config';
import { migrate } from '#database';
import { migrations } from '../../migrations/index.js';
import { ChaosRun } from '../faults/chaos/chaos-run.js';
import type { Purchase } from '../faults/chaos/purchase.js';
import type { SeededRandom } from '../faults/chaos/seeded-random.js';
import { freePort } from '../support/api-process.js';
import { SlowProvider } from '../support/slow-provider.js';
import { Cluster } from './cluster/cluster.js';
import { environmentOf } from './environment.js';
import { chargesOf, heardApprovals, lostOrders, unknownPlacements } from './evidence.js';
import type { FailoverFault } from './failover-fault.js';
import { acknowledgedIn, idsUnderWayIn, type LostTail } from './lost-tail.js';
import { Recovery, type Pace } from './recovery.js';

/** Long enough that charges are open when the fault happens. */
const PROVIDER_DELAY_MS = 800;

/** What happened in one round. */
export interface Round {
  purchases: readonly Purchase[];
  /** The longest time without an acknowledged order, in ms. */
  pauseMs: number;
  lost: readonly string[];
  /** Before a manager decided. */
  unknown: readonly string[];
  /** Purchases with more than one charge. */
  chargedTwice: readonly string[];
  violations: readonly string[];
}

/** Two APIs, two workers and simulated clients on a database that fails over. */
export class Drill {
  /** What a lost tail has touched, also in earlier rounds. */
  private readonly touched = new Set<string>();

  private constructor(
    readonly cluster: Cluster,
    readonly run: ChaosRun,
    private readonly idempotency: ProviderIdempotency,
    private readonly recovery: Recovery,
  ) {}

  static async start(idempotency: ProviderIdempotency, random: SeededRandom, pace: Pace): Promise<Drill> {
    const apiPorts: [number, number] = [await freePort(), await freePort()];
    const cluster = await Cluster.start(apiPorts);
    let run: ChaosRun | undefined;
    try {
      await migrate(cluster.primaryUrl, migrations);
      run = await ChaosRun.start(idempotency, random, environmentOf(cluster, apiPorts));
      const [manager, customer] = [await run.app.manager(), await run.app.customer()];
      const order = await manager.orderFor(['Latte', 'Vanilla']);
      const recovery = new Recovery(run, cluster.apiUrl, manager.at(cluster.apiUrl), customer, order, pace);
      return new Drill(cluster, run, idempotency, recovery);
    } catch (error) {
      await run?.close().catch(() => undefined);
      await cluster.close();
      throw error;
    }
  }

  /** Runs one round of purchases with one fault. */
  async runRound(fault: FailoverFault): Promise<Round> {
    const { run } = this;
    const earlier = run.purchases.length;
    const purchases = (): Purchase[] => run.purchases.slice(earlier);
    let pauseMs = 0;
    let unknown: string[] = [];
    const afterFault: string[] = [];
    const exits = run.processes.map(({ exitCount }) => exitCount);
    const atRest = await run.runRound({
      name: fault.name,
      prepare: () => this.prepare(fault),
      inject: async () => {
        await sleep(run.random.between(2_000, 4_000));
        const before = await fault.observe?.(this);
        try {
          await fault.inject(this);
          const injectedAt = Date.now();
          const recoveredAt = await this.recovery.firstOrder(injectedAt);
          afterFault.push(...(await this.recovery.violations(injectedAt, recoveredAt)));
          pauseMs = longestPause(purchases(), recoveredAt);
          if (before !== undefined && (await fault.observe?.(this)) === before)
            afterFault.push(`The fault had no effect: as before, ${before}`);
        } finally {
          await fault.repair?.(this);
        }
      },
      inspect: async () => {
        unknown = await unknownPlacements(run);
      },
    });
    const lost = await lostOrders(run, purchases());
    const heard = heardApprovals(run);
    const chargedTwice = purchases()
      .filter((purchase) => chargesOf(purchase, run.app.payments) > 1)
      .map(({ id }) => id);
    const tail = fault.lostTail?.(this.idempotency);
    if (tail) for (const id of await idsUnderWayIn(tail, run, purchases())) this.touched.add(id);
    const expected = tail ? acknowledgedIn(tail, purchases()) : new Set<string>();
    const violations = [
      ...afterFault,
      ...atRest,
      ...run.processes.flatMap(({ kind, exitCount }, index) => {
        const count = exitCount - (exits[index] ?? 0);
        const planned = fault.restartsApis && kind === 'api' ? 1 : 0;
        return count === planned ? [] : [`One ${kind} exited ${count} times instead of ${planned}`];
      }),
      ...(tail && lost.length === 0 ? ['The fault had no effect: no acknowledged order is lost'] : []),
      ...lost.filter((id) => !expected.has(id)).map((id) => `I14 order ${id} was acknowledged and is lost`),
      ...unknown
        .filter((id) => heard.has(id))
        .map((id) => `I15 ${id} is unknown, although its approval was heard`),
      ...chargedTwice.map((id) => `I19 ${id} was charged more than once`),
    ];
    return {
      purchases: purchases(),
      pauseMs,
      lost,
      unknown,
      chargedTwice,
      violations: violations.filter((message) => !tail || !this.isExcused(message, tail)),
    };
  }

  async close(): Promise<void> {
    try {
      await this.run.close();
    } finally {
      await this.cluster.close();
    }
  }

  private isExcused(violation: string, { invariants }: LostTail): boolean {
    return (
      invariants.includes(invariantOf(violation)) && [...this.touched].some((id) => violation.includes(id))
    );
  }

  private async prepare(fault: FailoverFault): Promise<void> {
    await this.cluster.patroni.waitUntilComplete();
    await fault.prepare?.(this);
    this.run.app.payments.defaultBehaviour = new SlowProvider(PROVIDER_DELAY_MS).behaviour;
  }
}

/** Returns the longest time without an acknowledged order, from the first request until `untilMs`. */
function longestPause(purchases: readonly Purchase[], untilMs: number): number {
  const responses = purchases.flatMap((purchase) => purchase.responses);
  const acknowledged = responses
    .filter(({ status, receivedAt }) => status === 201 && receivedAt <= untilMs)
    .map(({ receivedAt }) => receivedAt);
  const times = [Math.min(...responses.map(({ sentAt }) => sentAt)), ...acknowledged].sort((a, b) => a - b);
  return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time)));
}

/** Returns the letter and number of a violation, such as I14. */
function invariantOf(message: string): string {
  return /\b[AIR]\d+\b/.exec(message)?.[0] ?? '';
}
