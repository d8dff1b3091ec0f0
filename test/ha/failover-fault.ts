import type { ProviderIdempotency } from '#config';
import type { ChaosRun } from '../faults/chaos/chaos-run.js';
import type { Cluster } from './cluster/cluster.js';
import type { LostTail } from './lost-tail.js';

/** What a fault can reach. */
export interface FaultScope {
  readonly cluster: Cluster;
  readonly run: ChaosRun;
}

/** A fault that a round of the drill injects while clients place orders. */
export interface FailoverFault {
  name: string;
  /** Part of `npm test`. */
  isInShortRun?: boolean;
  /** Each API exits once. Without it, no process may exit. */
  restartsApis?: boolean;
  /** Returns what the fault must change. */
  observe?(scope: FaultScope): Promise<string>;
  /** Runs before the purchases start. */
  prepare?(scope: FaultScope): Promise<void>;
  /** Resolves when the fault has happened: from then on, writes must come back in time. */
  inject(scope: FaultScope): Promise<void>;
  /** Runs when writes are back, or were awaited in vain. Repairs what the fault broke. */
  repair?(scope: FaultScope): Promise<void> | void;
  /** Returns the time whose commits were lost. Requires that an acknowledged order was lost with them. */
  lostTail?(idempotency: ProviderIdempotency): LostTail;
}
