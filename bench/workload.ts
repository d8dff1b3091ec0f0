import type { Fixtures } from './fixtures.js';
import type { LoadTask } from './load.js';
import type { Target } from './targets.js';

export type LoadPlan = Pick<LoadTask, 'expectedStatus' | 'requests' | 'ids' | 'idsMayRepeat' | 'keyPrefix'>;

/** One kind of request, with the targets and numbers of connections to measure. */
export interface Workload {
  name: string;
  targets: string[];
  connections: number[];
  /** Response time of the payment provider in ms. */
  providerMs?: number;
  /** How many screens follow the product's board meanwhile, while its orders are moved on. */
  screens?: number;
  /** The rows that each response adds. */
  writes?: 'orders' | 'orders and keys' | 'transitions';
  /** Prepares the load of one measurement: its number in the run, and its longest duration with warm-up. */
  plan(
    target: Target,
    fixtures: Fixtures,
    measurement: { number: number; seconds: number },
  ): Promise<LoadPlan>;
}
