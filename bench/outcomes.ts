import type { Sample } from './measure.js';

/** The samples of one workload and number of connections: one list per target, one sample per round. */
export interface Outcome {
  workload: string;
  connections: number;
  /** The other targets are compared with the first. */
  samples: Record<string, Sample[]>;
}

export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The median of one value over the rounds of a target; NaN if it was not measured. */
export function medianOf(
  { samples }: Outcome,
  target: string,
  pick: (sample: Sample) => number | undefined,
): number {
  return median((samples[target] ?? []).map((sample) => pick(sample) ?? Number.NaN));
}

/** The first target's requests per second divided by the other target's, for each round. */
export function speedups({ samples }: Outcome, other: string): number[] {
  const [first = []] = Object.values(samples);
  return (samples[other] ?? []).flatMap(({ requestsPerSecond }, round) => {
    const own = first[round];
    return own ? [own.requestsPerSecond / requestsPerSecond] : [];
  });
}

export function formatMs(micros: number): string {
  return Number.isNaN(micros) ? '–' : (micros / 1000).toFixed(micros < 10_000 ? 2 : 1);
}
