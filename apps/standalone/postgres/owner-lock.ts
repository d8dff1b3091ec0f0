import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '#config';
import type { DataDirectory } from './data-directory.js';
import { errorCode } from './error-code.js';
import { findProcess } from './process-info.js';

/** Paths that this process has locked. A lock with our pid may be stale: containers often reuse pids. */
const lockedByThisProcess = new Set<string>();

/** Long enough for an instance that is stopping, so that a restart right after it works. */
const OWNER_WAIT_MS = 3_000;

/**
 * Makes this process the only user of the data directory. Returns a function that releases the lock.
 * Throws a StartupError with the owner's pid if a running process keeps the lock.
 */
export async function acquireLock({ path, lockFile }: DataDirectory): Promise<() => Promise<void>> {
  const deadline = Date.now() + OWNER_WAIT_MS;
  for (;;) {
    const content = `${process.pid} ${(await findProcess(process.pid))?.startedAt ?? ''}`;
    try {
      await writeFile(lockFile, content, { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const pid = await findLiveOwner(lockFile);
    if (pid === undefined || (pid === process.pid && !lockedByThisProcess.has(path))) {
      await rm(lockFile, { force: true });
    } else if (Date.now() < deadline) {
      await sleep(100);
    } else {
      throw new StartupError(
        `Another instance (pid ${pid}) uses the data directory ${path}: stop it, or set DATABASE_URL to use another database`,
      );
    }
  }
  lockedByThisProcess.add(path);
  return async () => {
    if (!lockedByThisProcess.has(path)) return;
    await rm(lockFile, { force: true });
    lockedByThisProcess.delete(path);
  };
}

/** Returns the pid of the running process that has the lock. */
export async function findLiveOwner(lockFile: string): Promise<number | undefined> {
  let [pid, startedAt] = await readLock(lockFile);
  if (pid === undefined) {
    // The owner may have created the file and not written it yet.
    await sleep(200);
    [pid, startedAt] = await readLock(lockFile);
  }
  if (pid === undefined) return undefined;
  // A later process may have the owner's pid, but it has another start time.
  const found = await findProcess(pid);
  return found !== undefined && found.startedAt === startedAt ? pid : undefined;
}

async function readLock(lockFile: string): Promise<[pid?: number, startedAt?: string]> {
  const [, pid, startedAt] = /^(\d+) (.*)$/.exec(await readFile(lockFile, 'utf8').catch(() => '')) ?? [];
  return pid === undefined ? [] : [Number(pid), startedAt];
}
