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
import { DatabaseWire } from './database-wire.js';

/** A PostgreSQL of a suite's own, as durable as a shop's, that may die; its address stays the same when it starts again. */
export class OwnPostgres {
  private constructor(
    private readonly folder: string,
    private readonly wire: DatabaseWire,
    readonly database: TestDatabase,
    private server: EmbeddedPostgres,
  ) {}

  static async start(): Promise<OwnPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'coffee-shop-test-'));
    const server = await startEmbeddedPostgres({ directory: folder, durable: true });
    await migrate(server.url, migrations);
    const wire = await DatabaseWire.to(server.url);
    const pool = new pg.Pool({ connectionString: wire.url, allowExitOnIdle: true });
    pool.on('error', () => undefined);
    const database: TestDatabase = {
      url: wire.url,
      query: async (sql, parameters) => (await pool.query(sql, parameters)).rows,
      drop: () => pool.end(),
    };
    return new OwnPostgres(folder, wire, database, server);
  }

  /** As its machine fails: the server and all that it does are gone in the same moment. */
  async crashes(): Promise<void> {
    const pid = await readFile(join(this.server.directory, 'cluster', 'postmaster.pid'), 'utf8');
    process.kill(parseInt(pid, 10), 'SIGKILL');
    await this.server.stop();
  }

  /** Ends it as an operator does. */
  async stops(): Promise<void> {
    await this.server.stop();
  }

  async startsAgain(): Promise<void> {
    this.server = await startEmbeddedPostgres({ directory: this.folder, durable: true });
    this.wire.leadsTo(this.server.url);
  }

  async remove(): Promise<void> {
    await this.wire.close();
    await this.server.stop();
    for (const used of [this.folder, this.server.directory]) await rm(used, { recursive: true, force: true });
  }
}
