import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Returns a process's command line and start time as text. Returns undefined if it has ended or is a zombie. */
export async function findProcess(pid: number): Promise<{ command: string; startedAt: string } | undefined> {
  try {
    if (existsSync('/proc/self/stat')) {
      const status = await readFile(`/proc/${pid}/stat`, 'utf8');
      // proc(5): after "pid (name) " the first field is the state and the twentieth the start time in clock ticks.
      const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
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
