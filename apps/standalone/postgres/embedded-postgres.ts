import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import pg from 'pg';
import { findBinaries } from './binaries.js';
import { StartupError } from '#config';
import {
  assertUsable,
  openDataDirectory,
  type DataDirectory,
  readOrCreatePassword,
} from './data-directory.js';
import { errorCode } from './error-code.js';
import { acquireLock, findLiveOwner } from './owner-lock.js';
import { runProgram, startServer, stopServer } from './server.js';

const SUPERUSER = 'postgres';
const DATABASE = 'coffee_shop';
const UNFINISHED_PREFIX = 'cluster.new-';

/** A running PostgreSQL server. */
export interface EmbeddedPostgres {
  /** Contains user and password. The database exists. */
  readonly url: string;
  /** Differs from the requested directory if root requested one that other users cannot enter. */
  readonly directory: string;
  /** Ends all connections and stops the server. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on a free port of 127.0.0.1 with its data in `directory`. The next start finds the same data.
 * `durable: false` is for tests: it is faster and loses data if the machine fails.
 * Throws a StartupError if the server does not start or another process uses the directory.
 */
export async function startEmbeddedPostgres(options: {
  directory: string;
  durable: boolean;
}): Promise<EmbeddedPostgres> {
  const { directory, durable } = options;
  const data = await openDataDirectory(directory).catch((error: unknown) => {
    throw asStartupError(error, directory);
  });
  const releaseLock = await acquireLock(data).catch((error: unknown) => {
    throw asStartupError(error, data.path);
  });
  try {
    const { initdb, postgres, majorVersion } = await findBinaries(data.account);
    await assertUsable(data, majorVersion);
    const password = await readOrCreatePassword(data);
    await removeUnfinishedClusters(data);
    if (!existsSync(data.cluster)) await createCluster(initdb, data, durable);
    const { child, port } = await startServer(postgres, data, durable);

    let stopping: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopping ??= stopServer(child).then(releaseLock));
    await createDatabase(urlOf({ password, port }, 'postgres')).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    return { url: urlOf({ password, port }), directory: data.path, stop };
  } catch (error) {
    await releaseLock();
    throw asStartupError(error, data.path);
  }
}

/** Returns the URL of the server that another process runs with its data in `directory`. Returns undefined if there is none. */
export async function urlOfRunningPostgres(directory: string): Promise<string | undefined> {
  if (!existsSync(directory)) return undefined;
  const { lockFile, cluster, passwordFile } = await openDataDirectory(directory);
  if ((await findLiveOwner(lockFile)) === undefined) return undefined;
  try {
    const [, , , port] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n');
    return urlOf({ password: await readFile(passwordFile, 'utf8'), port });
  } catch {
    // The server starts or stops.
    return undefined;
  }
}

function urlOf(
  { password, port }: { password: string; port?: number | string },
  database = DATABASE,
): string {
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Makes one sentence of a failed file operation or of a connection that the server refuses. */
function asStartupError(error: unknown, path: string): unknown {
  const code = errorCode(error);
  // Node.js names its own errors, which are faults of this program, ERR_….
  const isExternal = typeof code === 'string' && !code.startsWith('ERR_');
  if (!(isNativeError(error) && isExternal)) return error;
  return new StartupError(
    `The data in ${path} cannot be used (${error.message}): correct that, or set DATABASE_URL to use another database`,
    { cause: error },
  );
}

/** Creates the cluster under a temporary name, so that a partial one is never used. */
async function createCluster(initdb: string, data: DataDirectory, durable: boolean): Promise<void> {
  const unfinished = join(data.path, `${UNFINISHED_PREFIX}${randomBytes(4).toString('hex')}`);
  await mkdir(unfinished, { mode: 0o700 });
  await chownIfRoot(data.account, unfinished, data.passwordFile);
  try {
    await runProgram(initdb, data, [
      ...['--pgdata', unfinished, '--username', SUPERUSER, '--pwfile', data.passwordFile],
      ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', ...(durable ? [] : ['--no-sync'])],
    ]);
    await rename(unfinished, data.cluster);
  } finally {
    await chownIfRoot({ uid: process.getuid?.(), gid: process.getgid?.() }, data.passwordFile);
  }
}

async function removeUnfinishedClusters({ path }: DataDirectory): Promise<void> {
  const unfinished = (await readdir(path)).filter((name) => name.startsWith(UNFINISHED_PREFIX));
  // An initdb that outlived its parent may still write there. The next start then removes the rest.
  await Promise.allSettled(unfinished.map((name) => rm(join(path, name), { recursive: true })));
}

/** Does nothing for other users: they cannot change the owner and do not need to. */
async function chownIfRoot(owner: { uid?: number; gid?: number }, ...paths: string[]): Promise<void> {
  if (process.getuid?.() !== 0 || owner.uid === undefined || owner.gid === undefined) return;
  for (const path of paths) await chown(path, owner.uid, owner.gid);
}

async function createDatabase(maintenanceUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
