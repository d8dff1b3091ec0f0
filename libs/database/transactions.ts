import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ReadDatabase, type Reader } from './read-database.js';

/** An open transaction. Services pass it to repositories as the last parameter and never use it themselves. */
export type Tx = EntityManager;

/** Runs functions in a transaction, or on the replica. */
@Injectable()
export class Transactions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reads: ReadDatabase,
  ) {}

  /** READ COMMITTED. Commits if `work` resolves and rolls back if it throws. */
  run<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.dataSource.transaction(work);
  }

  /** Runs the reads of a list, on the replica if there is one, so that the last changes may be missing. Not for decisions. */
  readList<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result> {
    return this.reads.run(work);
  }

  /** Like `readList`, for a report. REPEATABLE READ: all statements of `work` see the database at the same moment. */
  readReport<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.reads.run((reader) =>
      reader.transaction('REPEATABLE READ', async (tx) => {
        await tx.query('SET TRANSACTION READ ONLY');
        return work(tx);
      }),
    );
  }

  /**
   * REPEATABLE READ and read-only: all statements of `work` see the database at the same moment. `prepare` runs before them in the same
   * snapshot and may create temporary tables. `work` gets its result.
   */
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
