import type { Fixtures } from './fixtures.js';
import { formatGoal } from './goals.js';
import { runLoad } from './load.js';
import { median } from './outcomes.js';
import { residentBytes } from './processes.js';
import { startProduct, type Setup, type Target } from './targets.js';
import { PLACE_ORDERS } from './workloads.js';

const STARTS = 5;
const CONNECTIONS = 32;
const MAX_CHANGE_PERCENT = 10;
const MEBIBYTE = 1024 * 1024;

/** Places orders for some minutes. Returns the line of the memory goal: the last minute compared with the second. */
export async function soak(target: Target, fixtures: Fixtures, minutes: number): Promise<string> {
  const [server] = target.servers;
  if (!server) throw new Error(`${target.name} has no process`);
  const seconds = 60 * minutes;
  const mebibytes: number[][] = [];
  const startedAt = Date.now();
  const sampling = setInterval(() => {
    const minute = Math.floor((Date.now() - startedAt) / 60_000);
    void residentBytes(server.pid).then((bytes) => (mebibytes[minute] ??= []).push(bytes / MEBIBYTE));
  }, 1_000);
  const plan = await PLACE_ORDERS.plan(target, fixtures, { number: 0, seconds });
  const { requests } = await runLoad({ ...plan, urls: [server.url], connections: CONNECTIONS, seconds });
  clearInterval(sampling);
  const second = median(mebibytes[1] ?? []);
  const last = median(mebibytes[minutes - 1] ?? []);
  const change = (100 * last) / second - 100;
  return formatGoal(
    `Memory over ${requests} orders: ${second.toFixed(0)} MiB in minute 2, ${last.toFixed(0)} MiB in minute ${minutes} ` +
      `(${change.toFixed(1)} %), goal within ${MAX_CHANGE_PERCENT} %`,
    Math.abs(change) <= MAX_CHANGE_PERCENT,
  );
}

/** Returns the time in ms from process start to the first successful health check: the median of five starts. */
export async function startUpMs({ database }: Target, setup: Setup): Promise<number> {
  const times: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const startedAt = performance.now();
    const { servers } = await startProduct('start-up', database, { ...setup, replicas: 1 });
    times.push(performance.now() - startedAt);
    for (const server of servers) await server.stop();
  }
  return median(times);
}
