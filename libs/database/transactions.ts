import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** An open transaction. Repositories take it as their last parameter; services only hand it on. */
export type Tx = EntityManager;

/** Opens transactions, READ COMMITTED; their extent is the function's body. */
@Injectable()
export class Transactions {
  constructor(private readonly dataSource: DataSource) {}

  /** Commits when `work` resolves, rolls back when it throws. */
  run<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.dataSource.transaction(work);
  }
}
