import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../dist/apps/standalone/postgres/embedded-postgres.js';

/** What the run ends with, last made first; the teardown imports it. */
const endings = [];

/** Runs once before all suites: a PostgreSQL server, and on it one migrated database for the suites to clone. */
export default async function setUp() {
  // Jest skips the teardown on Ctrl-C, and the server would outlive us.
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => void tearDown().finally(() => process.exit(1)));
  }
  try {
    const serverUrl = await reachable(process.env.TEST_DATABASE_URL ?? (await startServer()));
    const run = `coffee_test_${process.pid}_${randomBytes(3).toString('hex')}_`;
    const template = `${run}template`;
    endings.unshift(() => dropDatabases(serverUrl, run));
    await onServer(serverUrl, (client) => client.query(`CREATE DATABASE ${template}`));
    await migrate(serverUrl, template);
    process.env.TEST_SERVER_URL = serverUrl;
    process.env.TEST_TEMPLATE_DATABASE = template;
  } catch (error) {
    // Jest has no teardown after a setup that failed.
    await tearDown();
    throw error;
  }
}

/** Undoes what `setUp` did, also where it failed half-way. */
export async function tearDown() {
  for (const end of endings.splice(0)) await end();
}

async function startServer() {
  const directory = await mkdtemp(join(tmpdir(), 'coffee-shop-test-'));
  const server = await startEmbeddedPostgres({ directory, durable: false });
  endings.unshift(async () => {
    await server.stop();
    for (const used of [directory, server.directory]) await rm(used, { recursive: true, force: true });
  });
  return server.url;
}

/** Understands SQLAlchemy's `postgresql+asyncpg://`; the database it names need not exist. */
async function reachable(url) {
  const serverUrl = url.replace(/^postgres(ql)?\+\w+:/, 'postgresql:');
  try {
    await onServer(serverUrl, (client) => client.query('SELECT 1'));
    return serverUrl;
  } catch (error) {
    const databaseIsMissing = error.code === '3D000';
    if (databaseIsMissing) return inDatabase(serverUrl, 'postgres');
    throw new Error('No PostgreSQL for the tests: is TEST_DATABASE_URL right?', { cause: error });
  }
}

/** The migrations as they ship, run by the data source that ships. */
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
