import { spawn } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.js';
import { processesIn } from '../../support/processes-in.mjs';
import { unprivileged } from '../../support/unprivileged.js';
import { PATH } from './programs.js';

/** Starts a program in this folder. Its output goes to `<name>.log` there. Returns when it was started. */
export function launch(folder: string, name: string, args: readonly string[]): void {
  const log = openSync(join(folder, `${name}.log`), 'a');
  const child = spawn(name, args, {
    cwd: folder,
    env: { PATH, HOME: folder, LANG: 'C.UTF-8' },
    stdio: ['ignore', log, log],
    ...unprivileged(),
  });
  child.on('error', () => undefined);
  child.unref();
  closeSync(log);
}

/** Kills all processes in this folder and waits until they are gone. Frozen ones end as well. */
export async function killAll(folder: string): Promise<void> {
  await eventually(`the end of the processes in ${folder}`, () => {
    const pids = processesIn(folder);
    for (const pid of pids) send(pid, 'SIGKILL');
    return pids.length === 0;
  });
}

/** Stops all processes in this folder, until `resumeAll`. */
export async function freezeAll(folder: string): Promise<void> {
  let frozen = 0;
  // A process may have started another one before it stopped.
  await eventually(`the processes in ${folder} to stop`, () => {
    const pids = processesIn(folder);
    for (const pid of pids) send(pid, 'SIGSTOP');
    const isComplete = pids.length === frozen;
    frozen = pids.length;
    return isComplete;
  });
}

export function resumeAll(folder: string): void {
  for (const pid of processesIn(folder)) send(pid, 'SIGCONT');
}

export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has exited.
  }
}
