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
import { chargesOf, heardApprovals, lostOrders, unknownPlacements } from './evidence.js';
import { placeOn } from './place.js';
import { Recovery, type Pace } from './recovery.js';

/** Long enough that charges are open when the fault strikes. */
const PROVIDER_DELAY_MS = 800;

/** A fault that a round of the drill injects while clients place orders. */
export interface FailoverFault {
  name: string;
  /** Part of `npm test`. */
  isInShortRun?: boolean;
  /** Runs before the purchases start. */
  prepare?(drill: Drill): Promise<void>;
  /** Resolves when the fault has happened: from then on, writes must come back in time. */
  inject(drill: Drill): Promise<void>;
  /** Runs when writes are back. Repairs what the fault broke. */
  repair?(drill: Drill): Promise<void> | void;
  /** The invariants that cannot hold, because acknowledged rows are lost. */
  exceptions?(idempotency: ProviderIdempotency): readonly string[];
}

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
  private constructor(
    readonly cluster: Cluster,
    readonly run: ChaosRun,
    private readonly idempotency: ProviderIdempotency,
    private readonly recovery: Recovery,
  ) {}

  static async start(idempotency: ProviderIdempotency, random: SeededRandom, pace: Pace): Promise<Drill> {
    const apiPorts: [number, number] = [await freePort(), await freePort()];
    const cluster = await Cluster.start(apiPorts);
    try {
      await migrate(cluster.primaryUrl, migrations);
      const run = await ChaosRun.start(idempotency, random, placeOn(cluster, apiPorts));
      const [manager, customer] = [await run.app.manager(), await run.app.customer()];
      const recovery = new Recovery(run, manager.at(cluster.apiUrl), customer, pace);
      return new Drill(cluster, run, idempotency, recovery);
    } catch (error) {
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
    const atRest = await run.runRound({
      name: fault.name,
      prepare: () => this.prepare(fault),
      inject: async () => {
        await sleep(run.random.between(2_000, 4_000));
        await fault.inject(this);
        const struckAt = Date.now();
        const recoveredAt = await this.recovery.firstOrder(struckAt);
        afterFault.push(...(await this.recovery.violations(struckAt, recoveredAt)));
        pauseMs = longestPause(purchases(), recoveredAt);
        await fault.repair?.(this);
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
    const violations = [
      ...afterFault,
      ...atRest,
      ...lost.map((id) => `I14 order ${id} was acknowledged and is lost`),
      ...unknown
        .filter((id) => heard.has(id))
        .map((id) => `I15 ${id} is unknown, although its approval was heard`),
      ...chargedTwice.map((id) => `I19 ${id} was charged more than once`),
    ];
    const exceptions = fault.exceptions?.(this.idempotency) ?? [];
    return {
      purchases: purchases(),
      pauseMs,
      lost,
      unknown,
      chargedTwice,
      violations: violations.filter((message) => !exceptions.includes(invariantOf(message))),
    };
  }

  async close(): Promise<void> {
    await this.run.close();
    await this.cluster.close();
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
