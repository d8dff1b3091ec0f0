import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** An open transaction. Services pass it to repositories as the last parameter and never use it themselves. */
export type Tx = EntityManager;

/** Runs functions in a transaction, READ COMMITTED. */
@Injectable()
export class Transactions {
  constructor(private readonly dataSource: DataSource) {}

  /** Commits if `work` resolves and rolls back if it throws. */
  run<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.dataSource.transaction(work);
  }
}
