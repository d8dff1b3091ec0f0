import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { claimOutside } from './public-directory.js';

const NOBODY = 65_534;

/** As whom PostgreSQL runs; empty: as ourselves. */
export interface ServerAccount {
  readonly uid?: number;
  readonly gid?: number;
}

/** Where one server keeps its things. */
export interface PostgresHome {
  readonly directory: string;
  /** PostgreSQL's own folder (PGDATA), owned by the account. */
  readonly cluster: string;
  readonly passwordFile: string;
  readonly ownerFile: string;
  readonly logFile: string;
  readonly account: ServerAccount;
}

/**
 * Makes or finds the home for `directory`. PostgreSQL refuses to run as root: then it runs as the user who owns the
 * data, at first nobody, and lives elsewhere if a folder above `directory` is closed to that user.
 */
export async function openHome(directory: string): Promise<PostgresHome> {
  const wanted = resolve(directory);
  if (process.getuid?.() !== 0) {
    await mkdir(wanted, { recursive: true, mode: 0o700 });
    return homeIn(await realpath(wanted), {});
  }
  await mkdir(wanted, { recursive: true });
  const cluster = await stat(join(wanted, 'cluster')).catch(() => undefined);
  const { uid, gid } = cluster ?? { uid: NOBODY, gid: NOBODY };
  if (await isReachable(wanted, uid)) return homeIn(await realpath(wanted), { uid, gid });

  const hash = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  return homeIn(await claimOutside(`coffee-shop-${hash}`), { uid: NOBODY, gid: NOBODY });
}

/** The password of the server's superuser: made once, kept beside the data, readable by ourselves only. */
export async function readOrMakePassword({ cluster, passwordFile }: PostgresHome): Promise<string> {
  // Existing data know their password already: without its file they are out of reach, and reading it says so.
  if (!existsSync(cluster)) {
    await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  }
  return readFile(passwordFile, 'utf8');
}

function homeIn(directory: string, account: ServerAccount): PostgresHome {
  return {
    directory,
    account,
    cluster: join(directory, 'cluster'),
    passwordFile: join(directory, 'password'),
    ownerFile: join(directory, 'owner.pid'),
    logFile: join(directory, 'server.log'),
  };
}

/** Whether the user may pass every folder on the way. */
async function isReachable(path: string, user: number): Promise<boolean> {
  for (let folder = await realpath(path); ; folder = dirname(folder)) {
    const { uid, mode } = await stat(folder);
    if ((mode & (uid === user ? 0o100 : 0o001)) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
