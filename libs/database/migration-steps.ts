import {
  MigrationExecutor,
  type DataSource,
  type Migration,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';
import { StartupError } from '#config';
import { retryWhileLocked } from './retry-while-locked.js';

/**
 * Runs and reverts migrations one by one, each in a transaction of its own unless it has `transaction = false`, and again while other
 * transactions hold its locks. TypeORM would revert in a transaction in any case, and end at the first lock.
 */
export class MigrationSteps extends MigrationExecutor {
  constructor(
    dataSource: DataSource,
    private readonly runner: QueryRunner,
  ) {
    super(dataSource, runner);
  }

  /** Runs all pending migrations and returns them. After an error, those that finished are recorded. */
  async runPending(): Promise<Migration[]> {
    const executed = new Set((await this.executed()).map(({ name }) => name));
    const pending = this.getMigrations().filter(({ name }) => !executed.has(name));
    for (const migration of pending) {
      await this.step(migration, async (instance) => {
        await instance.up(this.runner);
        await this.insertExecutedMigration(this.runner, migration);
      });
    }
    return pending;
  }

  /** Reverts the migration that ran last. Does nothing if there is none. */
  async revertLast(): Promise<void> {
    const [last] = await this.executed();
    if (last === undefined) return;
    const migration = this.getMigrations().find(({ name }) => name === last.name);
    if (migration === undefined)
      throw new StartupError(`${last.name} is not known here: revert it with the version that it belongs to`);
    await this.step(migration, async (instance) => {
      await instance.down(this.runner);
      await this.deleteExecutedMigration(this.runner, migration);
    });
    this.dataSource.logger.logSchemaBuild(`Reverted: ${last.name}`);
  }

  /** Returns what has run, the last one first. */
  private async executed(): Promise<Migration[]> {
    await this.createMigrationsTableIfNotExist(this.runner);
    return this.loadExecutedMigrations(this.runner);
  }

  private async step(
    { name, instance }: Migration,
    work: (instance: MigrationInterface) => Promise<void>,
  ): Promise<void> {
    if (instance === undefined) throw new Error(`${name} has no class`);
    const once =
      instance.transaction === false ? () => work(instance) : () => this.inTransaction(() => work(instance));
    await retryWhileLocked(this.runner, name, once);
  }

  private async inTransaction(work: () => Promise<void>): Promise<void> {
    await this.runner.startTransaction();
    try {
      await work();
      await this.runner.commitTransaction();
    } catch (error) {
      // The error says more than that of a rollback on a lost connection.
      await this.runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  }
}
