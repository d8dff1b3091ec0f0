import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createPublicDirectory } from './public-directory.js';

const NOBODY = 65_534;

/** As whom PostgreSQL runs; empty: as ourselves. */
export interface ServerAccount {
  readonly uid?: number;
  readonly gid?: number;
}

/** Where one server keeps its things. */
export interface DataDirectory {
  readonly path: string;
  /** PostgreSQL's own folder (PGDATA), owned by the account. */
  readonly cluster: string;
  readonly passwordFile: string;
  readonly lockFile: string;
  readonly logFile: string;
  readonly account: ServerAccount;
}

/**
 * Makes or finds the home for `directory`. PostgreSQL refuses to run as root: then it runs as the user who owns the
 * data, at first nobody, and lives elsewhere if a folder above `directory` is closed to that user.
 */
export async function openDataDirectory(directory: string): Promise<DataDirectory> {
  const requested = resolve(directory);
  if (process.getuid?.() !== 0) {
    await mkdir(requested, { recursive: true, mode: 0o700 });
    return dataDirectoryAt(await realpath(requested), {});
  }
  await mkdir(requested, { recursive: true });
  const cluster = await stat(join(requested, 'cluster')).catch(() => undefined);
  const { uid, gid } = cluster ?? { uid: NOBODY, gid: NOBODY };
  if (await isReachableBy(requested, uid)) return dataDirectoryAt(await realpath(requested), { uid, gid });

  const hash = createHash('sha256').update(requested).digest('hex').slice(0, 12);
  return dataDirectoryAt(await createPublicDirectory(`coffee-shop-${hash}`), { uid: NOBODY, gid: NOBODY });
}

/** The password of the server's superuser: made once, kept beside the data, readable by ourselves only. */
export async function readOrCreatePassword({ cluster, passwordFile }: DataDirectory): Promise<string> {
  // Existing data know their password already: without its file they are out of reach, and reading it says so.
  if (!existsSync(cluster)) {
    await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  }
  return readFile(passwordFile, 'utf8');
}

function dataDirectoryAt(path: string, account: ServerAccount): DataDirectory {
  return {
    path,
    account,
    cluster: join(path, 'cluster'),
    passwordFile: join(path, 'password'),
    lockFile: join(path, 'owner.pid'),
    logFile: join(path, 'server.log'),
  };
}

/** Whether the user may pass every folder on the way. */
async function isReachableBy(path: string, uid: number): Promise<boolean> {
  for (let directory = await realpath(path); ; directory = dirname(directory)) {
    const { uid: owner, mode } = await stat(directory);
    if ((mode & (owner === uid ? 0o100 : 0o001)) === 0) return false;
    if (directory === dirname(directory)) return true;
  }
}
