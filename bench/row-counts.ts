import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from './targets.js';
import type { Workload } from './workloads.js';

const SETTLE_TIMEOUT_MS = 15_000;

/** How many rows each table has, and how many charges the provider has approved. */
export interface RowCounts {
  orders: number;
  lines: number;
  payments: number;
  keys: number;
  transitions: number;
  notifications: number;
  /** Attempts that became orders, and attempts of any kind; 0 where the target keeps none. */
  placed: number;
  placements: number;
  charges: number;
}

const COUNTS = `
  SELECT (SELECT count(*)::int FROM orders) AS orders, (SELECT count(*)::int FROM order_items) AS lines,
         (SELECT count(*)::int FROM payments) AS payments, (SELECT count(*)::int FROM idempotency_keys) AS keys,
         (SELECT count(*)::int FROM order_status_transitions) AS transitions,
         (SELECT count(*)::int FROM notifications) AS notifications,
         (SELECT count(*)::int FROM order_placements WHERE state = 'placed') AS placed,
         (SELECT count(*)::int FROM order_placements) AS placements`;

/** Reads a target's books, with the provider's count of charges. */
export async function countRows({ database }: Target, charges: () => Promise<number>): Promise<RowCounts> {
  const [counts] = await database.query<Omit<RowCounts, 'charges'>>(COUNTS);
  if (!counts) throw new Error('No counts');
  return { ...counts, charges: await charges() };
}

/**
 * Waits until what was under way when the load stopped is booked, and compares.
 * @param answers how many requests were answered; `inFlight` more may have been sent without an answer being waited for
 * @throws Error where orders, lines, payments, keys, placements and charges disagree
 */
export async function checkRowCounts(
  target: Target,
  kind: NonNullable<Workload['writes']>,
  before: RowCounts,
  { answers, inFlight, charges }: { answers: number; inFlight: number; charges: () => Promise<number> },
): Promise<void> {
  const deadline = Date.now() + SETTLE_TIMEOUT_MS;
  for (;;) {
    const after = await countRows(target, charges);
    const fault = findMismatch(target, kind, difference(before, after), answers, inFlight);
    if (!fault) return;
    if (Date.now() > deadline) throw new Error(`The books of ${target.name} disagree: ${fault}`);
    await sleep(100);
  }
}

function findMismatch(
  target: Target,
  kind: NonNullable<Workload['writes']>,
  more: RowCounts,
  answers: number,
  inFlight: number,
): string | undefined {
  const placing = kind !== 'transitions';
  const done = placing ? more.orders : more.transitions;
  const expected: RowCounts = {
    orders: placing ? done : 0,
    lines: placing ? 2 * done : 0,
    payments: placing ? done : 0,
    charges: placing ? done : 0,
    keys: kind === 'orders and keys' ? done : 0,
    placed: placing && target.writesPlacements ? done : 0,
    placements: placing && target.writesPlacements ? done : 0,
    transitions: placing ? 0 : done,
    notifications: placing ? 0 : done,
  };
  const isWhole = JSON.stringify(more, Object.keys(expected)) === JSON.stringify(expected);
  if (isWhole && answers <= done && done <= answers + inFlight) return undefined;
  return `${JSON.stringify(more)} after ${answers} answers`;
}

function difference(before: RowCounts, after: RowCounts): RowCounts {
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
