import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#database';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../apps/standalone/postgres/embedded-postgres.js';
import { migrations } from '../../migrations/index.js';
import type { TestDatabase } from './database.js';
import { DatabaseProxy } from './database-proxy.js';

/** A durable PostgreSQL server for one suite. It can crash, and keeps its address when it restarts. */
export class DedicatedPostgres {
  private constructor(
    private readonly folder: string,
    private readonly proxy: DatabaseProxy,
    readonly database: TestDatabase,
    private server: EmbeddedPostgres,
  ) {}

  static async start(): Promise<DedicatedPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'coffee-shop-test-'));
    const server = await startEmbeddedPostgres({ directory: folder, durable: true });
    await migrate(server.url, migrations);
    const proxy = await DatabaseProxy.start(server.url);
    const pool = new pg.Pool({ connectionString: proxy.url, allowExitOnIdle: true });
    pool.on('error', () => undefined);
    const database: TestDatabase = {
      url: proxy.url,
      query: async (sql, parameters) => (await pool.query(sql, parameters)).rows,
      drop: () => pool.end(),
    };
    return new DedicatedPostgres(folder, proxy, database, server);
  }

  /** Kills the server with SIGKILL, as when its machine fails. */
  async crash(): Promise<void> {
    const pid = await readFile(join(this.server.directory, 'cluster', 'postmaster.pid'), 'utf8');
    process.kill(parseInt(pid, 10), 'SIGKILL');
    await this.server.stop();
  }

  /** Shuts the server down cleanly. */
  async stop(): Promise<void> {
    await this.server.stop();
  }

  async restart(): Promise<void> {
    this.server = await startEmbeddedPostgres({ directory: this.folder, durable: true });
    this.proxy.forwardTo(this.server.url);
  }

  async remove(): Promise<void> {
    await this.proxy.close();
    await this.server.stop();
    for (const path of [this.folder, this.server.directory]) await rm(path, { recursive: true, force: true });
  }
}
