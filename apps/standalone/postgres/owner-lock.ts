import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { codeOf, type PostgresHome } from './data-directory.js';

const STOP_TIMEOUT_MS = 30_000;

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

/** Stops a server that outlived its owner (kill -9) and makes sure that its pid file stops nobody. */
export async function stopLeftOver({ cluster }: PostgresHome, log: (line: string) => void): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  if (!(pid > 1)) return;
  const found = await look(pid);
  // PostgreSQL itself sees that the file is stale, and waits for what may still use the data.
  if (found === undefined) return;
  if (!(found.command.includes('postgres') && found.command.includes(cluster))) {
    // The pid went to a stranger, whom PostgreSQL would take for the old server.
    await rm(pidFile, { force: true });
    return;
  }
  log(`Stopping the PostgreSQL (pid ${pid.toString()}) that an instance left behind when it was killed`);
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  process.kill(pid, 'SIGINT');
  while ((await look(pid))?.startedAt === found.startedAt) {
    if (Date.now() > deadline) throw new Error(`PostgreSQL (pid ${pid.toString()}) does not stop`);
    await sleep(20);
  }
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

/** A process's command line and a text that tells when it started; undefined where there is none or it is a zombie. */
async function look(pid: number): Promise<{ command: string; startedAt: string } | undefined> {
  try {
    if (existsSync('/proc/self/stat')) {
      const status = await readFile(`/proc/${pid.toString()}/stat`, 'utf8');
      // After "pid (name) " come the state and, nineteen fields later, the start in clock ticks (proc(5)).
      const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
      const command = await readFile(`/proc/${pid.toString()}/cmdline`, 'utf8');
      return fields[0] === 'Z' ? undefined : { command, startedAt: fields[19] ?? '' };
    }
    const ps = promisify(execFile);
    const { stdout } = await ps('ps', ['-o', 'lstart=,command=', '-p', pid.toString()], {
      env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' },
    });
    return { startedAt: stdout.slice(0, 24), command: stdout.slice(24) };
  } catch {
    return undefined;
  }
}
