import { execFileSync } from 'node:child_process';
import { appendFile, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#database';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../apps/standalone/postgres/embedded-postgres.js';
import { migrations } from '../../migrations/index.js';

/** A PostgreSQL server and its standby, with a migrated database. */
export class ReplicatedPostgres {
  private constructor(
    private readonly folder: string,
    private readonly primary: EmbeddedPostgres,
    private readonly standby: EmbeddedPostgres,
  ) {}

  static async start(): Promise<ReplicatedPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'coffee-shop-test-'));
    // Root runs PostgreSQL as another user.
    await chmod(folder, 0o755);
    const [original, copy] = [join(folder, 'primary'), join(folder, 'standby')];
    const empty = await startEmbeddedPostgres({ directory: original, durable: false });
    await migrate(empty.url, migrations);
    await empty.stop();
    execFileSync('cp', ['-a', original, copy]);
    const primary = await startEmbeddedPostgres({ directory: original, durable: false });
    const { hostname, port, username, password } = new URL(primary.url);
    const source = `host=${hostname} port=${port} user=${username} password=${password}`;
    await writeFile(join(copy, 'cluster', 'standby.signal'), '');
    await appendFile(join(copy, 'cluster', 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);
    return new ReplicatedPostgres(
      folder,
      primary,
      await startEmbeddedPostgres({ directory: copy, durable: false }),
    );
  }

  get primaryUrl(): string {
    return this.primary.url;
  }

  get standbyUrl(): string {
    return this.standby.url;
  }

  /** Returns a URL of both servers. */
  urlOfBoth(target: string, first: 'primary' | 'standby'): string {
    const hosts = [this.primary, this.standby].map(({ url }) => new URL(url).host);
    if (first === 'standby') hosts.reverse();
    return this.primary.url.replace(/@[^/]+/, `@${hosts.join(',')}`) + `?target_session_attrs=${target}`;
  }

  async onPrimary<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> {
    return query(this.primary.url, sql, parameters);
  }

  async onStandby<Row>(sql: string): Promise<Row[]> {
    return query(this.standby.url, sql);
  }

  /** Kills the primary as when its machine fails, and makes the standby the primary. */
  async failOver(): Promise<void> {
    const pid = await readFile(join(this.folder, 'primary', 'cluster', 'postmaster.pid'), 'utf8');
    process.kill(parseInt(pid, 10), 'SIGKILL');
    await this.primary.stop();
    await this.onStandby('SELECT pg_promote()');
  }

  async remove(): Promise<void> {
    await this.primary.stop();
    await this.standby.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function query<Row>(url: string, sql: string, parameters?: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, parameters)).rows as Row[];
  } finally {
    await client.end();
  }
}
