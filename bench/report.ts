import { cpus } from 'node:os';
import { formatMs, median, medianOf, speedups, type Outcome } from './outcomes.js';

const TABLE_HEAD = `| workload | connections | target | requests/s | p50 ms | p99 ms | Node µs | PostgreSQL µs | speedup |
| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |`;

interface Report {
  postgresVersion: string;
  rounds: number;
  seconds: number;
  replicas: number;
  outcomes: Outcome[];
  /** Markdown list items. */
  goals: string[];
}

/** Returns the whole report as a markdown document. */
export function formatReport(report: Report): string {
  const { postgresVersion, rounds, seconds, replicas, outcomes, goals } = report;
  const date = new Date().toISOString().slice(0, 10);
  const cpu = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}`;
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ');
  return `# Benchmark results of ${date}

${cpu}, Node.js ${process.version}, PostgreSQL ${postgresVersion}.
${rounds} rounds of ${seconds} s, ${replicas} process(es) per target: \`${command}\`

All values are medians over the rounds. Node µs and PostgreSQL µs are CPU time per request.
Speedup is the first target's requests/s divided by this target's in the same round (lowest–highest).

${formatTable(outcomes)}

## Goals

${goals.length > 0 ? goals.join('\n') : 'The run measured no workload with a goal.'}
`;
}

export function formatTable(outcomes: Outcome[]): string {
  return [TABLE_HEAD, ...outcomes.flatMap(formatRows)].join('\n');
}

function formatRows(outcome: Outcome): string[] {
  const targets = Object.keys(outcome.samples).filter((target) => outcome.samples[target]?.length);
  return targets.map((target, index) => {
    const cells = [
      outcome.workload,
      outcome.connections,
      target,
      formatCount(medianOf(outcome, target, ({ requestsPerSecond }) => requestsPerSecond)),
      formatMs(medianOf(outcome, target, ({ p50 }) => p50)),
      formatMs(medianOf(outcome, target, ({ p99 }) => p99)),
      formatCount(medianOf(outcome, target, ({ nodeMicros }) => nodeMicros)),
      formatCount(medianOf(outcome, target, ({ postgresMicros }) => postgresMicros)),
      index === 0 ? '' : formatRange(speedups(outcome, target)),
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

function formatRange(ratios: number[]): string {
  const [middle, lowest, highest] = [median(ratios), Math.min(...ratios), Math.max(...ratios)];
  return `${middle.toFixed(2)} (${lowest.toFixed(2)}–${highest.toFixed(2)})`;
}

function formatCount(value: number): string {
  return Number.isNaN(value) ? '–' : Math.round(value).toLocaleString('en');
}
