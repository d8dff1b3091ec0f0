import { residentBytes } from './processes.js';
import { median } from './report.js';
import { startProduct, type Setup, type Target } from './targets.js';
import { runLoad } from './measure.js';
import type { Fixtures, Workload } from './workloads.js';

const STARTS = 5;
const MEBIBYTE = 1024 * 1024;

/** How much memory the product holds in the second minute and in the last, in MiB. */
export interface SoakResult {
  requests: number;
  secondMinute: number;
  lastMinute: number;
}

/** Places orders over 32 connections for so many minutes and looks at the memory each second. */
export async function soak(
  placing: Workload,
  target: Target,
  fixtures: Fixtures,
  minutes: number,
): Promise<SoakResult> {
  const [server] = target.servers;
  if (!server) throw new Error(`${target.name} has no process`);
  const perMinute: number[][] = [];
  const startedAt = Date.now();
  const looking = setInterval(() => {
    const minute = Math.floor((Date.now() - startedAt) / 60_000);
    void residentBytes(server.pid).then((bytes) => (perMinute[minute] ??= []).push(bytes / MEBIBYTE));
  }, 1_000);
  const plan = await placing.plan(target, fixtures, { number: 0, seconds: 60 * minutes });
  const { requests } = await runLoad({ ...plan, urls: [server.url], connections: 32, seconds: 60 * minutes });
  clearInterval(looking);
  const whole = perMinute.slice(0, minutes);
  return {
    requests,
    secondMinute: median(whole[1] ?? []),
    lastMinute: median(whole.at(-1) ?? []),
  };
}

/** From the start of the process to its first ready answer, in ms: the median of some starts on the same database. */
export async function startUpMs(target: Target, setup: Setup): Promise<number> {
  const times: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const startedAt = performance.now();
    const { servers } = await startProduct('start-up', target.database, { ...setup, replicas: 1 });
    times.push(performance.now() - startedAt);
    for (const server of servers) await server.stop();
  }
  return median(times);
}
