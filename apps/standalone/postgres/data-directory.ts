import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StartupError } from '#config';
import { createPublicDirectory } from './public-directory.js';

const NOBODY = 65_534;

/** The user and group that run PostgreSQL. Empty means those of this process. */
export interface ServerAccount {
  readonly uid?: number;
  readonly gid?: number;
}

/** The files of one server. */
export interface DataDirectory {
  readonly path: string;
  /** PGDATA, owned by `account`. */
  readonly cluster: string;
  readonly passwordFile: string;
  readonly lockFile: string;
  readonly logFile: string;
  readonly account: ServerAccount;
}

/**
 * Creates the data directory or finds the existing one.
 * PostgreSQL refuses to run as root. Root therefore runs it as the owner of the cluster, initially nobody.
 * If that user cannot enter `directory`, the data directory is below /var/tmp instead.
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

/**
 * Checks existing data before a server refuses them with less helpful words.
 * Throws a StartupError if they are incomplete or of another major version of PostgreSQL.
 */
export async function assertUsable(
  { path, cluster, passwordFile }: DataDirectory,
  majorVersion: string,
): Promise<void> {
  if (!existsSync(cluster)) return;
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => '');
  if (version === '' || !existsSync(join(cluster, 'global', 'pg_control')) || !existsSync(passwordFile)) {
    throw new StartupError(
      `The data in ${path} are incomplete: delete ${path} to start with an empty database`,
    );
  }
  if (version.trim() !== majorVersion) {
    throw new StartupError(
      `The data in ${path} are of PostgreSQL ${version.trim()}, and this is ${majorVersion}: move ${path} away to start with an empty ` +
        `database, or set DATABASE_URL to a PostgreSQL ${version.trim()}`,
    );
  }
}

/** Returns the superuser's password. Only this user can read its file. */
export async function readOrCreatePassword({ cluster, passwordFile }: DataDirectory): Promise<string> {
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

/** Checks the permission to enter `path` and each of its parent directories. */
async function isReachableBy(path: string, uid: number): Promise<boolean> {
  for (let directory = await realpath(path); ; directory = dirname(directory)) {
    const { uid: owner, mode } = await stat(directory);
    if ((mode & (owner === uid ? 0o100 : 0o001)) === 0) return false;
    if (directory === dirname(directory)) return true;
  }
}
