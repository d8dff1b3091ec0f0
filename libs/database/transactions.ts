import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** An open transaction. Services pass it to repositories as the last parameter and never use it themselves. */
export type Tx = EntityManager;

/** Runs functions in a transaction. */
@Injectable()
export class Transactions {
  constructor(private readonly dataSource: DataSource) {}

  /** READ COMMITTED. Commits if `work` resolves and rolls back if it throws. */
  run<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.dataSource.transaction(work);
  }

  /** REPEATABLE READ and read-only: all statements of `work` see the database at the same moment. */
  readSnapshot<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.readSnapshotAfter(
      async () => undefined,
      (_, tx) => work(tx),
    );
  }

  /** Like `readSnapshot`, after `prepare` in the same snapshot, which may create temporary tables. `work` gets its result. */
  readSnapshotAfter<Prepared, Result>(
    prepare: (tx: Tx) => Promise<Prepared>,
    work: (prepared: Prepared, tx: Tx) => Promise<Result>,
  ): Promise<Result> {
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      const prepared = await prepare(tx);
      await tx.query('SET TRANSACTION READ ONLY');
      return work(prepared, tx);
    });
  }
}
