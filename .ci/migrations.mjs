/** Runs the npm scripts for migrations on an empty database. Throws an Error if a check fails. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../dist/apps/standalone/postgres/embedded-postgres.js';

const directory = await mkdtemp(join(tmpdir(), 'coffee-shop-migrations-'));
const server = await startEmbeddedPostgres({ directory, durable: false });
try {
  console.log('up');
  npm('migrate');
  await expectNoDrift();
  const { tables } = await contents();
  console.log(`${tables.length} tables, no drift from the entities; down`);
  npm('migrate:revert');
  await revertAll();
  await expectEmptySchema();
  console.log('up again');
  npm('migrate');
  await expectNoDrift();
  const again = await contents();
  if (again.tables.join() !== tables.join())
    throw new Error(`The second run created other tables: ${again.tables.join(', ')}`);
} finally {
  await server.stop();
  for (const path of [directory, server.directory]) await rm(path, { recursive: true, force: true });
}

function npm(script) {
  const options = { env: { ...process.env, DATABASE_URL: server.url }, encoding: 'utf8' };
  return execFileSync('npm', ['run', '--silent', script], {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Reverts the other migrations as `npm run migrate:revert` does, in one process. */
async function revertAll() {
  process.env.DATABASE_URL = server.url;
  const { default: dataSource } = await import('../dist/ormconfig.js');
  await dataSource.initialize();
  try {
    const transaction = dataSource.options.migrationsTransactionMode;
    while ((await contents()).migrations > 0) await dataSource.undoLastMigration({ transaction });
  } finally {
    await dataSource.destroy();
  }
}

async function expectNoDrift() {
  const report = npm('migrate:check');
  if (!report.includes('Your schema is up to date')) {
    throw new Error(`The migrations and the entities differ:\n${report}`);
  }
}

/** Returns the tables and other objects that the migrations created, and the number of executed migrations. */
async function contents() {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    const tables = await client.query(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations' ORDER BY 1",
    );
    const rest = await client.query(
      `SELECT typname AS name FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
       UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
       UNION ALL SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm', 'S')
         AND relname <> 'migrations_id_seq'`,
    );
    const executed = await client.query('SELECT count(*)::int AS count FROM migrations');
    const names = ({ rows }) => rows.map(({ name }) => name);
    return { tables: names(tables), rest: names(rest), migrations: executed.rows[0].count };
  } finally {
    await client.end();
  }
}

async function expectEmptySchema() {
  const { tables, rest } = await contents();
  const left = [...tables, ...rest];
  if (left.length > 0) throw new Error(`Objects left after reverting all migrations: ${left.join(', ')}`);
}
