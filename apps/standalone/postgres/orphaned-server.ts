import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataDirectory } from './data-directory.js';
import { findProcess } from './process-info.js';

const STOP_TIMEOUT_MS = 30_000;

/** Stops a server that outlived its owner (kill -9) and makes sure that its pid file stops nobody. */
export async function stopOrphanedServer({ cluster }: DataDirectory): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  if (!(pid > 1)) return;
  const found = await findProcess(pid);
  // PostgreSQL itself sees that the file is stale, and waits for what may still use the data.
  if (found === undefined) return;
  if (!(found.command.includes('postgres') && found.command.includes(cluster))) {
    // The pid went to a stranger, whom PostgreSQL would take for the old server.
    await rm(pidFile, { force: true });
    return;
  }
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  process.kill(pid, 'SIGINT');
  while ((await findProcess(pid))?.startedAt === found.startedAt) {
    if (Date.now() > deadline) throw new Error(`PostgreSQL (pid ${pid.toString()}) does not stop`);
    await sleep(20);
  }
}
