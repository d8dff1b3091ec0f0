import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresHome } from './data-directory.js';
import { codeOf } from './error-code.js';
import { look } from './process-info.js';

/** Homes that this process uses; a pid alone may be an earlier process's, in a container even regularly. */
const claimedByUs = new Set<string>();

/**
 * Makes this process the owner of the home and returns how to give it back.
 * Throws an Error naming the pid where another process that still lives owns it.
 */
export async function claimHome({ directory, ownerFile }: PostgresHome): Promise<() => Promise<void>> {
  for (;;) {
    const mine = `${process.pid.toString()} ${(await look(process.pid))?.startedAt ?? ''}`;
    try {
      await writeFile(ownerFile, mine, { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const pid = await livingOwner(ownerFile);
    if (pid !== undefined && (pid !== process.pid || claimedByUs.has(directory))) {
      throw new Error(`Another instance (pid ${pid.toString()}) uses the data folder ${directory}`);
    }
    await rm(ownerFile, { force: true });
  }
  claimedByUs.add(directory);
  return async () => {
    if (!claimedByUs.has(directory)) return;
    await rm(ownerFile, { force: true });
    claimedByUs.delete(directory);
  };
}

async function livingOwner(ownerFile: string): Promise<number | undefined> {
  let [pid, startedAt] = await readOwner(ownerFile);
  if (pid === undefined) {
    // Perhaps its owner is just writing it.
    await sleep(200);
    [pid, startedAt] = await readOwner(ownerFile);
  }
  if (pid === undefined) return undefined;
  // The start tells the owner from a later process that was given the same pid.
  const found = await look(pid);
  return found !== undefined && found.startedAt === startedAt ? pid : undefined;
}

async function readOwner(ownerFile: string): Promise<[pid?: number, startedAt?: string]> {
  const [, pid, startedAt] = /^(\d+) (.*)$/.exec(await readFile(ownerFile, 'utf8').catch(() => '')) ?? [];
  return pid === undefined ? [] : [Number(pid), startedAt];
}
