import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { findBinaries } from './binaries.js';
import { openHome, type PostgresHome, readOrMakePassword } from './data-directory.js';
import { claimHome } from './owner-lock.js';
import { complete, end, launch } from './server.js';

const SUPERUSER = 'postgres';
const DATABASE = 'coffee_shop';
const UNFINISHED = 'cluster.new-';

/** A running PostgreSQL. */
export interface EmbeddedPostgres {
  /** With user and password; for a database that exists. */
  readonly url: string;
  /** Where the data really are: elsewhere than asked where root asked for a folder that is closed to other users. */
  readonly directory: string;
  /** Ends all connections and the server; may be called again. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on a free port of 127.0.0.1, with its data in `directory`; a second start finds the same data.
 * `durable: false` is faster and loses data when the machine fails: for tests.
 * Throws an Error with PostgreSQL's last words where it does not start, or naming the process that uses the directory.
 */
export async function startEmbeddedPostgres(options: {
  directory: string;
  durable: boolean;
}): Promise<EmbeddedPostgres> {
  const { directory, durable } = options;
  const home = await openHome(directory);
  const release = await claimHome(home);
  try {
    const { initdb, postgres } = await findBinaries(home.account);
    const password = await readOrMakePassword(home);
    await removeUnfinished(home);
    if (!existsSync(home.cluster)) await createCluster(initdb, home, durable);
    const { child, port } = await launch(postgres, home, durable);

    let stopping: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopping ??= end(child).then(release));
    const server = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port.toString()}`;
    await createDatabase(`${server}/postgres`).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    return { url: `${server}/${DATABASE}`, directory: home.directory, stop };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Made under another name first, so that one whose making was interrupted is never taken for a whole one. */
async function createCluster(initdb: string, home: PostgresHome, durable: boolean): Promise<void> {
  const fresh = join(home.directory, `${UNFINISHED}${randomBytes(4).toString('hex')}`);
  await mkdir(fresh, { mode: 0o700 });
  await giveTo(home.account, fresh, home.passwordFile);
  try {
    await complete(initdb, home, [
      ...['--pgdata', fresh, '--username', SUPERUSER, '--pwfile', home.passwordFile],
      ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', ...(durable ? [] : ['--no-sync'])],
    ]);
    await rename(fresh, home.cluster);
  } finally {
    await giveTo({ uid: process.getuid?.(), gid: process.getgid?.() }, home.passwordFile);
  }
}

async function removeUnfinished({ directory }: PostgresHome): Promise<void> {
  const unfinished = (await readdir(directory)).filter((name) => name.startsWith(UNFINISHED));
  // An initdb that outlived its owner may be writing there still; then it is for the next start.
  await Promise.allSettled(unfinished.map((name) => rm(join(directory, name), { recursive: true })));
}

/** Only root can, and only root needs to. */
async function giveTo(owner: { uid?: number; gid?: number }, ...paths: string[]): Promise<void> {
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
