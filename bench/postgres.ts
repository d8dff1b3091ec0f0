import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#database';
import { startEmbeddedPostgres } from '../apps/standalone/embedded-postgres.js';
import { migrations } from '../migrations/index.js';
import { runProgram } from './processes.js';

const TEMPLATE = 'bench_template';
/** What the peers lack, who know no placements: ids by default, and keys that point to orders. */
const PEER_SCHEMA = `
  ALTER TABLE idempotency_keys ALTER placement_id DROP NOT NULL, ADD order_id uuid REFERENCES orders;
  ALTER TABLE orders ALTER id SET DEFAULT gen_random_uuid();
  ALTER TABLE order_items ALTER id SET DEFAULT gen_random_uuid();
  ALTER TABLE payments ALTER id SET DEFAULT gen_random_uuid();
  ALTER TABLE notifications ALTER id SET DEFAULT gen_random_uuid();`;

/** One database of the run, with a connection of its own for what the run asks of it. */
export interface Database {
  readonly url: string;
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

/** The PostgreSQL of the run, as durable as a shop's: fsync and synchronous_commit are on, and the run checks that. */
export class Postgres {
  private constructor(
    private readonly serverUrl: string,
    /** The postmaster: its children are PostgreSQL's other processes. */
    readonly pid: number,
    private readonly template: pg.Client,
    private readonly pools: pg.Pool[],
    readonly version: string,
    private readonly stopServer: () => Promise<void>,
  ) {}

  /** Starts it with a migrated and seeded database to clone. */
  static async start(directory: string): Promise<Postgres> {
    const server = await startEmbeddedPostgres({ directory, durable: true });
    const pidFile = await readFile(join(server.directory, 'cluster', 'postmaster.pid'), 'utf8');
    const client = await connect(server.url);
    const { rows } = await client.query<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'server_version') ORDER BY name`,
    );
    const unsafe = rows.filter(({ name, setting }) => name !== 'server_version' && setting !== 'on');
    if (unsafe.length > 0) throw new Error(`Not durable: ${JSON.stringify(unsafe)}`);
    const version = rows.find(({ name }) => name === 'server_version')?.setting ?? 'unknown';
    await client.query(`CREATE DATABASE ${TEMPLATE}`);
    const template = Object.assign(new URL(server.url), { pathname: `/${TEMPLATE}` }).href;
    await migrate(template, migrations);
    for (const seed of ['seed-catalog', 'seed-users']) {
      await runProgram(process.execPath, [`dist/apps/standalone/${seed}.js`], {
        DATABASE_URL: template,
        LOG_LEVEL: 'error',
      });
    }
    return new Postgres(server.url, parseInt(pidFile, 10), client, [], version, () => server.stop());
  }

  /** A new database with the menu and the users of the seed: ids are the same in each. */
  async clone(name: string, forPeer: boolean): Promise<Database> {
    await this.template.query(`CREATE DATABASE "${name}" TEMPLATE ${TEMPLATE}`);
    const url = Object.assign(new URL(this.serverUrl), { pathname: `/${name}` }).href;
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    this.pools.push(pool);
    if (forPeer) await pool.query(PEER_SCHEMA);
    return {
      url,
      query: async <Row>(sql: string, parameters?: unknown[]): Promise<Row[]> => {
        const { rows } = await pool.query<Row & pg.QueryResultRow>(sql, parameters);
        return rows;
      },
    };
  }

  /** Takes the work of before out of what is measured next. */
  async checkpoint(): Promise<void> {
    await this.template.query('CHECKPOINT');
  }

  async stop(): Promise<void> {
    for (const pool of this.pools) await pool.end();
    await this.template.end();
    await this.stopServer();
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}
