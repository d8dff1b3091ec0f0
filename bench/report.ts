import { PRODUCT, HISTORY_SIZES } from './targets.js';
import type { Sample } from './measure.js';

/** What one kind of work came to: a list of samples for each target, one a round. */
export interface Outcome {
  workload: string;
  connections: number;
  /** By target; the others are compared with the first. */
  samples: Record<string, Sample[]>;
}

/** What is hoped for: how often as fast as another the first is, at least or at most. */
interface Goal {
  workload: string;
  than: string;
  atLeast?: number;
  atMost?: number;
}

const GOALS: Goal[] = [
  { workload: 'POST /orders', than: 'fastify-pg', atLeast: 1.5 },
  { workload: 'POST /orders', than: 'nest-typeorm', atLeast: 7 },
  { workload: 'POST /orders', than: 'the limit', atLeast: 0.4 },
  { workload: 'PATCH /orders/{id}/status', than: 'fastify-pg', atLeast: 1 },
  { workload: 'PATCH /orders/{id}/status', than: 'nest-typeorm', atLeast: 5 },
  { workload: 'GET /orders/{id}', than: 'fastify-pg', atLeast: 1 },
  { workload: 'GET /orders/{id}', than: 'nest-typeorm', atLeast: 8 },
  { workload: 'GET /menu', than: 'express-hello', atLeast: 2.5 },
  { workload: 'GET /menu, not modified', than: 'express-hello', atLeast: 3 },
  ...['first page', 'page in the middle', 'by status'].map((page) => ({
    workload: `GET /admin/orders, ${page}`,
    than: Object.keys(HISTORY_SIZES).at(-1) ?? '',
    atMost: 1.5,
  })),
];

const TABLE_HEAD = `| work | connections | who | requests/s | p50 ms | p99 ms | node µs | PostgreSQL µs | the first is × as fast |
| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |`;

/** The one table: medians over the rounds; the ratio is taken within each round, with its lowest and highest beside its median. */
export function formatTable(outcomes: Outcome[]): string {
  return [TABLE_HEAD, ...outcomes.flatMap(rowsOf)].join('\n');
}

/** Each hope, and whether it came true. */
export function goalResults(outcomes: Outcome[]): string[] {
  const ratios = GOALS.flatMap(({ workload, than, atLeast = 0, atMost = Infinity }) => {
    const outcome = find(outcomes, workload, 32);
    const inRounds = outcome ? ratiosTo(outcome, than) : [];
    if (inRounds.length === 0) return [];
    const ratio = median(inRounds);
    const wanted = atLeast > 0 ? `≥ ${atLeast}` : `≤ ${atMost}`;
    const what = `${workload}: ${ratio.toFixed(2)} × ${than}, hoped for ${wanted}`;
    return [formatGoal(what, ratio >= atLeast && ratio <= atMost)];
  });
  return [...ratios, ...latencies(outcomes)];
}

/** A line of what was hoped for. */
export function formatGoal(what: string, isReached: boolean): string {
  return `- ${what}: ${isReached ? 'reached' : '**missed**'}`;
}

export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function latencies(outcomes: Outcome[]): string[] {
  const lines: string[] = [];
  const placing = find(outcomes, 'POST /orders', 32);
  if (placing) {
    const own = medianOf(placing, PRODUCT, ({ p99 }) => p99);
    const other = medianOf(placing, 'fastify-pg', ({ p99 }) => p99);
    lines.push(
      formatGoal(
        `POST /orders: p99 ${ms(own)} ms, fastify-pg's is ${ms(other)} ms, hoped for ≤`,
        own <= other,
      ),
    );
  }
  const crowd = find(outcomes, 'POST /orders, provider at 50 ms', 256);
  if (crowd) {
    const ratio = medianOf(crowd, PRODUCT, ({ p50 = 0, p99 = 0 }) => p99 / p50);
    const what = `POST /orders, provider at 50 ms, 256 connections: p99 is ${ratio.toFixed(2)} × p50, hoped for ≤ 2`;
    lines.push(formatGoal(what, ratio <= 2));
  }
  return lines;
}

function rowsOf(outcome: Outcome): string[] {
  return Object.entries(outcome.samples)
    .filter(([, samples]) => samples.length > 0)
    .map(([name], index) => {
      const cells = [
        outcome.workload,
        String(outcome.connections),
        name,
        thousands(medianOf(outcome, name, ({ perSecond }) => perSecond)),
        ms(medianOf(outcome, name, ({ p50 }) => p50)),
        ms(medianOf(outcome, name, ({ p99 }) => p99)),
        thousands(medianOf(outcome, name, ({ nodeMicros }) => nodeMicros)),
        thousands(medianOf(outcome, name, ({ postgresMicros }) => postgresMicros)),
        index === 0 ? '' : spread(ratiosTo(outcome, name)),
      ];
      return `| ${cells.join(' | ')} |`;
    });
}

/** The first target's speed in each round, divided by the other's in the same. */
function ratiosTo({ samples }: Outcome, other: string): number[] {
  const [first = []] = Object.values(samples);
  return (samples[other] ?? []).flatMap(({ perSecond }, round) => {
    const own = first[round];
    return own ? [own.perSecond / perSecond] : [];
  });
}

function find(outcomes: Outcome[], workload: string, connections: number): Outcome | undefined {
  return outcomes.find((outcome) => outcome.workload === workload && outcome.connections === connections);
}

function medianOf({ samples }: Outcome, name: string, pick: (sample: Sample) => number | undefined): number {
  return median((samples[name] ?? []).map((sample) => pick(sample) ?? Number.NaN));
}

function spread(ratios: number[]): string {
  return `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`;
}

function thousands(number: number): string {
  return Number.isNaN(number) ? '–' : Math.round(number).toLocaleString('en');
}

function ms(micros: number): string {
  return Number.isNaN(micros) ? '–' : (micros / 1000).toFixed(micros < 10_000 ? 2 : 1);
}
