import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#database';
import { startEmbeddedPostgres } from '../apps/standalone/postgres/embedded-postgres.js';
import { migrations } from '../migrations/index.js';
import { runProgram } from './processes.js';

const TEMPLATE = 'bench_template';
/** The peers write no placements: their keys refer to orders, and they leave ids and numbers to the database. */
const PEER_SCHEMA = `
  ALTER TABLE idempotency_keys ALTER placement_id DROP NOT NULL, ADD order_id uuid REFERENCES orders;
  ALTER TABLE orders ALTER id SET DEFAULT gen_random_uuid(), ALTER number SET DEFAULT nextval('order_numbers');
  ALTER TABLE order_items ALTER id SET DEFAULT gen_random_uuid();
  ALTER TABLE payments ALTER id SET DEFAULT gen_random_uuid();
  ALTER TABLE notifications ALTER id SET DEFAULT gen_random_uuid();`;
const SELECT_SETTINGS = `
  SELECT name, setting FROM pg_settings
   WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'server_version') ORDER BY name`;

/** A database of the run, with one connection for the benchmark's own statements. */
export interface Database {
  readonly url: string;
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

/** A PostgreSQL server with durable commits. */
export class Postgres {
  private readonly pools: pg.Pool[] = [];

  private constructor(
    private readonly serverUrl: string,
    /** The postmaster, the parent of all PostgreSQL processes. */
    readonly pid: number,
    private readonly admin: pg.Client,
    readonly version: string,
    private readonly stopServer: () => Promise<void>,
  ) {}

  /** Starts a server with a migrated and seeded template database. Throws an Error if commits are not durable. */
  static async start(directory: string): Promise<Postgres> {
    const server = await startEmbeddedPostgres({ directory, durable: true });
    const pidFile = await readFile(join(server.directory, 'cluster', 'postmaster.pid'), 'utf8');
    const admin = new pg.Client({ connectionString: server.url });
    await admin.connect();
    const { rows: settings } = await admin.query<{ name: string; setting: string }>(SELECT_SETTINGS);
    const unsafe = settings.filter(({ name, setting }) => name !== 'server_version' && setting !== 'on');
    if (unsafe.length > 0) throw new Error(`PostgreSQL is not durable: ${JSON.stringify(unsafe)}`);
    const version = settings.find(({ name }) => name === 'server_version')?.setting ?? 'unknown';
    await admin.query(`CREATE DATABASE ${TEMPLATE}`);
    const templateUrl = databaseUrl(server.url, TEMPLATE);
    await migrate(templateUrl, migrations);
    for (const seed of ['seed-catalog', 'seed-users']) {
      await runProgram(process.execPath, [`dist/apps/standalone/${seed}.js`], {
        DATABASE_URL: templateUrl,
        LOG_LEVEL: 'error',
      });
    }
    return new Postgres(server.url, parseInt(pidFile, 10), admin, version, () => server.stop());
  }

  /** Creates a database with the seeded menu and users, which have the same ids in every clone. */
  async clone(name: string, forPeer: boolean): Promise<Database> {
    await this.admin.query(`CREATE DATABASE "${name}" TEMPLATE ${TEMPLATE}`);
    const url = databaseUrl(this.serverUrl, name);
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

  /** Writes pending changes to disk, so that earlier work does not slow the next measurement. */
  async checkpoint(): Promise<void> {
    await this.admin.query('CHECKPOINT');
  }

  async stop(): Promise<void> {
    for (const pool of this.pools) await pool.end();
    await this.admin.end();
    await this.stopServer();
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
}
