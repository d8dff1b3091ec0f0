import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataDirectory } from './data-directory.js';
import { errorCode } from './error-code.js';
import { findProcess } from './process-info.js';

/** Homes that this process uses; a pid alone may be an earlier process's, in a container even regularly. */
const lockedByThisProcess = new Set<string>();

/**
 * Makes this process the owner of the home and returns how to give it back.
 * Throws an Error naming the pid where another process that still lives owns it.
 */
export async function acquireLock({ path, lockFile }: DataDirectory): Promise<() => Promise<void>> {
  for (;;) {
    const content = `${process.pid.toString()} ${(await findProcess(process.pid))?.startedAt ?? ''}`;
    try {
      await writeFile(lockFile, content, { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const pid = await findLiveOwner(lockFile);
    if (pid !== undefined && (pid !== process.pid || lockedByThisProcess.has(path))) {
      throw new Error(`Another instance (pid ${pid.toString()}) uses the data folder ${path}`);
    }
    await rm(lockFile, { force: true });
  }
  lockedByThisProcess.add(path);
  return async () => {
    if (!lockedByThisProcess.has(path)) return;
    await rm(lockFile, { force: true });
    lockedByThisProcess.delete(path);
  };
}

async function findLiveOwner(lockFile: string): Promise<number | undefined> {
  let [pid, startedAt] = await readLock(lockFile);
  if (pid === undefined) {
    // Perhaps its owner is just writing it.
    await sleep(200);
    [pid, startedAt] = await readLock(lockFile);
  }
  if (pid === undefined) return undefined;
  // The start tells the owner from a later process that was given the same pid.
  const found = await findProcess(pid);
  return found !== undefined && found.startedAt === startedAt ? pid : undefined;
}

async function readLock(lockFile: string): Promise<[pid?: number, startedAt?: string]> {
  const [, pid, startedAt] = /^(\d+) (.*)$/.exec(await readFile(lockFile, 'utf8').catch(() => '')) ?? [];
  return pid === undefined ? [] : [Number(pid), startedAt];
}
