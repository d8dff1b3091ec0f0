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
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      await tx.query('SET TRANSACTION READ ONLY');
      return work(tx);
    });
  }
}
