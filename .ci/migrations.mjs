/** Runs the migrations as an operator would, by npm scripts, on an empty database; throws where they do not hold. */
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
  console.log(`${tables.length} tables, as the entities say; all down`);
  while ((await contents()).migrations > 0) npm('migrate:revert');
  await expectNothingLeft();
  console.log('up again');
  npm('migrate');
  await expectNoDrift();
  const again = await contents();
  if (again.tables.join() !== tables.join())
    throw new Error(`Other tables than before: ${again.tables.join(', ')}`);
} finally {
  await server.stop();
  for (const used of [directory, server.directory]) await rm(used, { recursive: true, force: true });
}

function npm(script) {
  const options = { env: { ...process.env, DATABASE_URL: server.url }, encoding: 'utf8' };
  return execFileSync('npm', ['run', '--silent', script], {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function expectNoDrift() {
  const report = npm('migrate:check');
  if (!report.includes('Your schema is up to date')) {
    throw new Error(`The migrations and the entities disagree:\n${report}`);
  }
}

/** What the migrations made; TypeORM's own table of executed migrations is counted, not listed. */
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

async function expectNothingLeft() {
  const { tables, rest } = await contents();
  const left = [...tables, ...rest];
  if (left.length > 0) throw new Error(`Left after all migrations were reverted: ${left.join(', ')}`);
}
