import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, realpath, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../dist/apps/standalone/postgres/embedded-postgres.js';
import { processesIn } from './processes-in.mjs';

/** Run in order by the teardown; new entries go first. */
const cleanups = [];

/** Starts PostgreSQL once before all suites and creates the templates that they clone: a migrated one, and one with seeds. */
export default async function setUp() {
  // Jest skips the teardown on Ctrl-C, so the server would keep running.
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => void tearDown().finally(() => process.exit(1)));
  }
  try {
    const serverUrl = await connectable(process.env.TEST_DATABASE_URL ?? (await startServer()));
    const run = `coffee_test_${process.pid}_${randomBytes(3).toString('hex')}_`;
    const template = `${run}template`;
    const seeded = `${run}seeded`;
    cleanups.unshift(() => dropDatabases(serverUrl, run));
    await onServer(serverUrl, (client) => client.query(`CREATE DATABASE ${template}`));
    await migrate(serverUrl, template);
    await onServer(serverUrl, (client) => client.query(`CREATE DATABASE ${seeded} TEMPLATE ${template}`));
    await seed(serverUrl, seeded);
    process.env.TEST_RUN_FOLDER = await makeRunFolder();
    process.env.TEST_SERVER_URL = serverUrl;
    process.env.TEST_TEMPLATE_DATABASE = template;
    process.env.TEST_SEEDED_DATABASE = seeded;
  } catch (error) {
    // Jest runs no teardown after a failed setup.
    await tearDown();
    throw error;
  }
}

/** Undoes what `setUp` did, even if it failed. */
export async function tearDown() {
  for (const cleanup of cleanups.splice(0)) await cleanup();
}

/** Programs that run in this folder do not outlive the tests. */
async function makeRunFolder() {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'coffee-shop-run-')));
  // A cluster runs as another user.
  await chmod(folder, 0o711);
  cleanups.unshift(async () => {
    // Suites start nothing in a folder that is gone.
    const ended = `${folder}-ended`;
    await rename(folder, ended);
    if (process.platform === 'linux') await killProcessesIn(ended);
    await rm(ended, { recursive: true });
  });
  return folder;
}

async function killProcessesIn(folder) {
  for (let pids = processesIn(folder); pids.length > 0; pids = processesIn(folder)) {
    for (const pid of pids) kill(pid);
    await sleep(20);
  }
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has exited.
  }
}

async function startServer() {
  const directory = await mkdtemp(join(tmpdir(), 'coffee-shop-test-'));
  const server = await startEmbeddedPostgres({ directory, durable: false });
  cleanups.unshift(async () => {
    await server.stop();
    for (const path of [directory, server.directory]) await rm(path, { recursive: true, force: true });
  });
  return server.url;
}

/**
 * Returns a URL that pg can connect to. It also accepts SQLAlchemy's `postgresql+asyncpg://`, and a database that does
 * not exist.
 */
async function connectable(url) {
  const serverUrl = url.replace(/^postgres(ql)?\+\w+:/, 'postgresql:');
  try {
    await onServer(serverUrl, (client) => client.query('SELECT 1'));
    return serverUrl;
  } catch (error) {
    const databaseIsMissing = error.code === '3D000';
    if (databaseIsMissing) return inDatabase(serverUrl, 'postgres');
    throw new Error('The tests cannot connect to PostgreSQL: check TEST_DATABASE_URL', { cause: error });
  }
}

/** Runs the built migrations with the built data source. */
async function migrate(serverUrl, database) {
  process.env.DATABASE_URL = inDatabase(serverUrl, database);
  const { default: dataSource } = await import('../../dist/ormconfig.js');
  await dataSource.initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}

/** Adds the users and products that a development process adds to an empty database. */
async function seed(serverUrl, database) {
  process.env.DATABASE_URL = inDatabase(serverUrl, database);
  const { withContext } = await import('../../dist/apps/standalone/command-context.js');
  const { seedCatalog, seedUsers } = await import('../../dist/apps/standalone/development-seed.js');
  await withContext(async (context) => {
    await seedUsers(context);
    await seedCatalog(context);
  });
}

async function dropDatabases(serverUrl, prefix) {
  await onServer(serverUrl, async (client) => {
    const { rows } = await client.query('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
      prefix,
    ]);
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
  });
}

async function onServer(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function inDatabase(serverUrl, database) {
  return Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href;
}
