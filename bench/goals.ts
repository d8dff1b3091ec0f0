import { formatMs, median, medianOf, speedups, type Outcome } from './outcomes.js';
import { HISTORY_SIZES, PGBENCH, PRODUCT } from './targets.js';
import { CANCEL_ORDERS, CHANGE_STATUS } from './workloads.js';

const CONNECTIONS = 32;

/** The wanted speedup of the first target over another. */
interface Goal {
  workload: string;
  over: string;
  atLeast?: number;
  atMost?: number;
}

const GOALS: Goal[] = [
  { workload: 'POST /orders', over: 'fastify-pg', atLeast: 1.8 },
  { workload: 'POST /orders', over: 'nest-typeorm', atLeast: 7 },
  { workload: 'POST /orders', over: PGBENCH, atLeast: 0.45 },
  { workload: CHANGE_STATUS, over: 'fastify-pg', atLeast: 1 },
  { workload: CHANGE_STATUS, over: 'nest-typeorm', atLeast: 5 },
  { workload: 'GET /orders/{id}', over: 'fastify-pg', atLeast: 1 },
  { workload: 'GET /orders/{id}', over: 'nest-typeorm', atLeast: 8 },
  { workload: 'GET /menu', over: 'express-hello', atLeast: 2.5 },
  { workload: 'GET /menu, not modified', over: 'express-hello', atLeast: 3 },
  ...[
    'GET /orders, first page of 20',
    'GET /orders/{id}/timeline',
    'GET /admin/orders, first page',
    'GET /admin/orders, page in the middle',
    'GET /admin/orders, by status',
  ].map((workload) => ({
    workload,
    over: Object.keys(HISTORY_SIZES).at(-1) ?? '',
    atMost: 1.5,
  })),
];

/** Returns one line for each goal that the run has measured. */
export function checkGoals(outcomes: Outcome[]): string[] {
  return [...checkSpeedups(outcomes), ...checkLatencies(outcomes)];
}

export function formatGoal(text: string, isReached: boolean): string {
  return `- ${text}: ${isReached ? 'reached' : '**missed**'}`;
}

function checkSpeedups(outcomes: Outcome[]): string[] {
  return GOALS.flatMap(({ workload, over, atLeast = 0, atMost = Infinity }) => {
    const outcome = find(outcomes, workload, CONNECTIONS);
    const ratios = outcome ? speedups(outcome, over) : [];
    if (ratios.length === 0) return [];
    const ratio = median(ratios);
    const goal = atLeast > 0 ? `≥ ${atLeast}` : `≤ ${atMost}`;
    const text = `${workload}: ${ratio.toFixed(2)} × ${over}, goal ${goal}`;
    return [formatGoal(text, ratio >= atLeast && ratio <= atMost)];
  });
}

function checkLatencies(outcomes: Outcome[]): string[] {
  const lines: string[] = [];
  const orders = find(outcomes, 'POST /orders', CONNECTIONS);
  if (orders) {
    const own = medianOf(orders, PRODUCT, ({ p99 }) => p99);
    const peer = medianOf(orders, 'fastify-pg', ({ p99 }) => p99);
    const text = `POST /orders: p99 ${formatMs(own)} ms, goal ≤ fastify-pg's ${formatMs(peer)} ms`;
    lines.push(formatGoal(text, own <= peer));
  }
  const slowProvider = find(outcomes, 'POST /orders, provider at 50 ms', 256);
  if (slowProvider) {
    const ratio = medianOf(slowProvider, PRODUCT, ({ p50 = 0, p99 = 0 }) => p99 / p50);
    const text = `POST /orders, provider at 50 ms, 256 connections: p99 is ${ratio.toFixed(2)} × p50, goal ≤ 2`;
    lines.push(formatGoal(text, ratio <= 2));
  }
  const change = find(outcomes, CHANGE_STATUS, CONNECTIONS);
  const cancellation = find(outcomes, CANCEL_ORDERS, CONNECTIONS);
  if (change && cancellation) {
    const [changes, cancellations] = [change, cancellation].map((outcome) =>
      medianOf(outcome, PRODUCT, ({ requestsPerSecond }) => requestsPerSecond),
    );
    const ratio = (changes ?? Number.NaN) / (cancellations ?? Number.NaN);
    const text = `A cancellation costs ${ratio.toFixed(2)} × a status change, goal ≤ 2`;
    lines.push(formatGoal(text, ratio <= 2));
  }
  return lines;
}

function find(outcomes: Outcome[], workload: string, connections: number): Outcome | undefined {
  return outcomes.find((outcome) => outcome.workload === workload && outcome.connections === connections);
}
