import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from './targets.js';
import type { Work } from './work.js';

const QUIET_WITHIN_MS = 15_000;

/** How many rows each table has, and how many charges the provider has approved. */
export interface Books {
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
export async function booksOf({ database }: Target, charges: () => Promise<number>): Promise<Books> {
  const [counts] = await database.query<Omit<Books, 'charges'>>(COUNTS);
  if (!counts) throw new Error('No counts');
  return { ...counts, charges: await charges() };
}

/**
 * Waits until what was under way when the load stopped is booked, and compares.
 * @param answers how many requests were answered; `underWay` more may have been sent without an answer being waited for
 * @throws Error where orders, lines, payments, keys, placements and charges disagree
 */
export async function checkBooks(
  target: Target,
  kind: NonNullable<Work['books']>,
  before: Books,
  { answers, underWay, charges }: { answers: number; underWay: number; charges: () => Promise<number> },
): Promise<void> {
  const deadline = Date.now() + QUIET_WITHIN_MS;
  for (;;) {
    const after = await booksOf(target, charges);
    const fault = disagreement(target, kind, difference(before, after), answers, underWay);
    if (!fault) return;
    if (Date.now() > deadline) throw new Error(`The books of ${target.name} disagree: ${fault}`);
    await sleep(100);
  }
}

function disagreement(
  target: Target,
  kind: NonNullable<Work['books']>,
  more: Books,
  answers: number,
  underWay: number,
): string | undefined {
  const placing = kind !== 'transitions';
  const done = placing ? more.orders : more.transitions;
  const expected: Books = {
    orders: placing ? done : 0,
    lines: placing ? 2 * done : 0,
    payments: placing ? done : 0,
    charges: placing ? done : 0,
    keys: kind === 'orders and keys' ? done : 0,
    placed: placing && target.keepsPlacements ? done : 0,
    placements: placing && target.keepsPlacements ? done : 0,
    transitions: placing ? 0 : done,
    notifications: placing ? 0 : done,
  };
  const isWhole = JSON.stringify(more, Object.keys(expected)) === JSON.stringify(expected);
  if (isWhole && answers <= done && done <= answers + underWay) return undefined;
  return `${JSON.stringify(more)} after ${answers} answers`;
}

function difference(before: Books, after: Books): Books {
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
