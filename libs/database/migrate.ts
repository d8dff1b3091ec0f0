import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { DataSource, type DataSourceOptions, type Migration } from 'typeorm';
import { StartupError } from '#config';
import { migrationOptions } from './data-source-options.js';
import { MigrationSteps } from './migration-steps.js';
import { serversOf } from './server-list.js';

/** Any number that no other program of this database uses for its advisory locks. */
const LOCK_KEY = 7_209_185_221;
const LOCK_POLL_MS = 100;
const LOCK_LOST = 'The connection that lets only one process migrate or seed was lost. Start again';

/**
 * Runs `work` while no other process runs its own on the database at `url`; waits for that without a limit. For what several processes
 * may do at once when they start: migrations and seeds.
 * @throws StartupError if the connection that holds the lock is lost; `work` may still run then
 */
export async function withStartupLock<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  const client = await serversOf(url).connect({ application_name: 'coffee-shop lock', keepAlive: true });
  const lost = new Promise<never>((_, reject) => {
    const fail = (reason: string): void => reject(new StartupError(`${LOCK_LOST}: ${reason}`));
    client.on('error', ({ message }) => fail(message));
    client.on('end', () => fail('Connection terminated'));
  });
  // After `work`, its end is expected.
  lost.catch(() => undefined);
  try {
    // A lock of the transaction, not of the session: a pooler would keep the session, and its lock, for the next client.
    // No snapshot may outlive a statement: CREATE INDEX CONCURRENTLY waits for all older ones.
    await client.query(`
      BEGIN ISOLATION LEVEL READ COMMITTED;
      SET LOCAL statement_timeout = 0;
      SET LOCAL idle_in_transaction_session_timeout = 0`);
    while (!(await tryStartupLock(client))) await sleep(LOCK_POLL_MS);
    return await Promise.race([work(), lost]);
  } finally {
    await client.end();
  }
}

/** Does not wait, because a statement that waits has a snapshot. */
async function tryStartupLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    `SELECT pg_try_advisory_xact_lock(${LOCK_KEY}) AS locked`,
  );
  return rows[0]?.locked === true;
}

/** A data source for migrations only: they run in one process at a time, and do not wait long for locks. */
export class MigrationDataSource extends DataSource {
  constructor(
    private readonly url: string,
    options: Pick<DataSourceOptions, 'migrations' | 'entities'>,
  ) {
    super({ ...migrationOptions(url), ...options });
  }

  /** Runs all pending migrations. Returns them. */
  override runMigrations(): Promise<Migration[]> {
    return withStartupLock(this.url, () => this.withSteps((steps) => steps.runPending()));
  }

  override undoLastMigration(): Promise<void> {
    return withStartupLock(this.url, () => this.withSteps((steps) => steps.revertLast()));
  }

  private async withSteps<Result>(work: (steps: MigrationSteps) => Promise<Result>): Promise<Result> {
    const runner = this.createQueryRunner();
    try {
      return await work(new MigrationSteps(this, runner));
    } finally {
      await runner.release();
    }
  }
}

/** Runs all pending migrations on the database at `url`. Returns their names. */
export async function migrate(url: string, migrations: DataSourceOptions['migrations']): Promise<string[]> {
  const dataSource = await new MigrationDataSource(url, { migrations }).initialize();
  try {
    return (await dataSource.runMigrations()).map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}
