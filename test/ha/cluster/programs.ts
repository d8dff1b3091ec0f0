import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const PROGRAMS = {
  patroni: '--version',
  etcd: '--version',
  haproxy: '-v',
  pgbouncer: '--version',
  openssl: 'version',
};
const DEBIAN_VERSIONS = '/usr/lib/postgresql';
/** Debian keeps HAProxy and PgBouncer where only root's PATH leads. */
export const PATH = `${process.env.PATH ?? ''}:/usr/sbin`;

/** The folder with the programs of the newest installed PostgreSQL. */
export const postgresBinFolder = newestPostgres();

/** Why the drill cannot run here, or undefined if it can. */
export const missing = findMissing();

/** The shortest `ttl` that this Patroni accepts, in seconds. */
export const shortestTtlSeconds = isPatroniSince('3.2.0') ? 20 : 10;

/**
 * Whether a former primary may wake up. With an older Patroni it takes the lease from its successor, whose commits are lost, unless a
 * watchdog has reset its machine in the meantime: https://github.com/patroni/patroni/pull/2689
 */
export const mayResume = isPatroniSince('3.0.3');

function isPatroniSince(version: string): boolean {
  const output = String(spawnSync('patroni', ['--version'], { env: { PATH } }).stdout);
  const [installed = ''] = /[\d.]+/.exec(output) ?? [];
  return installed.localeCompare(version, 'en', { numeric: true }) >= 0;
}

function newestPostgres(): string | undefined {
  if (!existsSync(DEBIAN_VERSIONS)) return undefined;
  const [newest] = readdirSync(DEBIAN_VERSIONS)
    .filter((version) => existsSync(join(DEBIAN_VERSIONS, version, 'bin/postgres')))
    .sort((a, b) => Number(b) - Number(a));
  return newest === undefined ? undefined : join(DEBIAN_VERSIONS, newest, 'bin');
}

function findMissing(): string | undefined {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (postgresBinFolder === undefined) return `no PostgreSQL is installed in ${DEBIAN_VERSIONS}`;
  const absent = Object.entries(PROGRAMS).filter(
    ([name, option]) => spawnSync(name, [option], { env: { PATH } }).status !== 0,
  );
  return absent.length === 0 ? undefined : `not installed: ${absent.map(([name]) => name).join(', ')}`;
}
