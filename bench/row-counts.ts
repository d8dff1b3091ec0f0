import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from './targets.js';
import type { Workload } from './workload.js';

const SETTLE_TIMEOUT_MS = 15_000;
const LINES_PER_ORDER = 2;

/** The rows of each table, and the charges that the provider has approved. */
export interface RowCounts {
  orders: number;
  lines: number;
  payments: number;
  keys: number;
  transitions: number;
  notifications: number;
  /** Placements that became orders. */
  placed: number;
  placements: number;
  charges: number;
}

const COUNT_ROWS = `
  SELECT (SELECT count(*)::int FROM orders) AS orders,
         (SELECT count(*)::int FROM order_items) AS lines,
         (SELECT count(*)::int FROM payments) AS payments,
         (SELECT count(*)::int FROM idempotency_keys) AS keys,
         (SELECT count(*)::int FROM order_status_transitions) AS transitions,
         (SELECT count(*)::int FROM notifications) AS notifications,
         (SELECT count(*)::int FROM order_placements WHERE state = 'placed') AS placed,
         (SELECT count(*)::int FROM order_placements) AS placements`;

export async function countRows(
  { database }: Target,
  countCharges: () => Promise<number>,
): Promise<RowCounts> {
  const [counts] = await database.query<Omit<RowCounts, 'charges'>>(COUNT_ROWS);
  if (!counts) throw new Error('The database returned no counts');
  return { ...counts, charges: await countCharges() };
}

/**
 * Waits until requests in flight are finished, then compares the new rows with the responses.
 * Throws an Error if orders, lines, payments, keys, placements, charges and responses do not match within 15 s.
 */
export async function checkRowCounts(
  target: Target,
  writes: NonNullable<Workload['writes']>,
  before: RowCounts,
  load: { responses: number; maxInFlight: number; countCharges: () => Promise<number> },
): Promise<void> {
  const { responses, maxInFlight, countCharges } = load;
  const deadline = Date.now() + SETTLE_TIMEOUT_MS;
  for (;;) {
    const increase = subtract(await countRows(target, countCharges), before);
    const written = writes === 'transitions' ? increase.transitions : increase.orders;
    const expected = expectedIncrease(target, writes, written);
    const isConsistent = JSON.stringify(increase, Object.keys(expected)) === JSON.stringify(expected);
    if (isConsistent && responses <= written && written <= responses + maxInFlight) return;
    if (Date.now() > deadline) {
      throw new Error(
        `Row counts of ${target.name} do not match ${responses} responses: ${JSON.stringify(increase)}`,
      );
    }
    await sleep(100);
  }
}

function expectedIncrease(
  { writesPlacements }: Target,
  writes: NonNullable<Workload['writes']>,
  written: number,
): RowCounts {
  const orders = writes === 'transitions' ? 0 : written;
  const transitions = writes === 'transitions' ? written : 0;
  const placements = writesPlacements ? orders : 0;
  return {
    orders,
    lines: LINES_PER_ORDER * orders,
    payments: orders,
    charges: orders,
    keys: writes === 'orders and keys' ? orders : 0,
    placed: placements,
    placements,
    transitions,
    notifications: transitions,
  };
}

function subtract(after: RowCounts, before: RowCounts): RowCounts {
  return {
    orders: after.orders - before.orders,
    lines: after.lines - before.lines,
    payments: after.payments - before.payments,
    keys: after.keys - before.keys,
    transitions: after.transitions - before.transitions,
    notifications: after.notifications - before.notifications,
    placed: after.placed - before.placed,
    placements: after.placements - before.placements,
    charges: after.charges - before.charges,
  };
}
