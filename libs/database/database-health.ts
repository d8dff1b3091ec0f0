import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isSettledWithin } from '#timing';

/** Raises what a write would, so that the pool closes the connection. True on a standby, too. */
const RAISE_IF_READ_ONLY = `
  DO $$ BEGIN
    IF current_setting('transaction_read_only')::boolean THEN
      RAISE read_only_sql_transaction USING MESSAGE = 'The database is read-only';
    END IF;
  END $$`;

/** Whether the database can serve this process. */
@Injectable()
export class DatabaseHealth {
  constructor(private readonly dataSource: DataSource) {}

  /** Returns whether the database answers within `timeoutMs` and accepts writes. A connection that accepts none is closed. */
  async isWritable(timeoutMs: number): Promise<boolean> {
    const checking = this.dataSource.query(RAISE_IF_READ_ONLY).then(
      () => true,
      () => false,
    );
    return (await isSettledWithin(timeoutMs, checking)) && checking;
  }
}
