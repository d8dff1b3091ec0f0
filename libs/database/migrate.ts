import { DataSource, type DataSourceOptions } from 'typeorm';
import { StartupError } from '#config';
import { unlimitedOptions } from './data-source-options.js';
import { serversOf } from './server-list.js';

/** Any number that no other program of this database uses for its advisory locks. */
const LOCK_KEY = 7_209_185_221;
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
    await client.query(`
      BEGIN;
      SET LOCAL statement_timeout = 0;
      SET LOCAL lock_timeout = 0;
      SET LOCAL idle_in_transaction_session_timeout = 0;
      SELECT pg_advisory_xact_lock(${LOCK_KEY})`);
    return await Promise.race([work(), lost]);
  } finally {
    await client.end();
  }
}

/** A data source for migrations only: they run without time limits, in one process at a time. */
export class MigrationDataSource extends DataSource {
  constructor(
    private readonly url: string,
    options: Pick<DataSourceOptions, 'migrations' | 'entities'>,
  ) {
    // Each in its own transaction: a migration may add a value to an enum that the next one uses.
    super({ ...unlimitedOptions(url), migrationsTransactionMode: 'each', ...options });
  }

  override runMigrations(
    ...options: Parameters<DataSource['runMigrations']>
  ): ReturnType<DataSource['runMigrations']> {
    return withStartupLock(this.url, () => super.runMigrations(...options));
  }

  override undoLastMigration(...options: Parameters<DataSource['undoLastMigration']>): Promise<void> {
    return withStartupLock(this.url, () => super.undoLastMigration(...options));
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
