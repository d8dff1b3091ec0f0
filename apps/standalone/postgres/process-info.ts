import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process's command line and a text that tells when it started; undefined where there is none or it is a zombie. */
export async function findProcess(pid: number): Promise<{ command: string; startedAt: string } | undefined> {
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
