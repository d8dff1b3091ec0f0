import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '#config';
import type { DataDirectory } from './data-directory.js';
import { findProcess } from './process-info.js';

const STOP_TIMEOUT_MS = 30_000;

/** Stops a server whose parent was killed (kill -9). Removes its pid file if another program now has its pid. */
export async function stopOrphanedServer({ cluster }: DataDirectory): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  if (!(pid > 1)) return;
  const server = await findProcess(pid);
  // PostgreSQL itself detects the stale file and waits for processes that still use the data.
  if (server === undefined) return;
  if (!(server.command.includes('postgres') && server.command.includes(cluster))) {
    // PostgreSQL would mistake the program with this pid for the old server.
    await rm(pidFile, { force: true });
    return;
  }
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  process.kill(pid, 'SIGINT');
  while ((await findProcess(pid))?.startedAt === server.startedAt) {
    if (Date.now() > deadline) throw new StartupError(`PostgreSQL (pid ${pid}) did not stop: kill it`);
    await sleep(20);
  }
}
