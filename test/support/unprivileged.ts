import { execFileSync } from 'node:child_process';

/** PostgreSQL and PgBouncer refuse to run as root. The package of PostgreSQL creates this user. */
const UNPRIVILEGED = 'postgres';

/** The user and group of the cluster's processes, if this process is root. */
export function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string): number =>
    Number(execFileSync('id', [option, UNPRIVILEGED], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
