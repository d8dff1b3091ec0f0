import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Failpoint } from '#config';
import { CleanupPosition } from './cleanup-position.entity.js';
import * as SQL from './retention.sql.js';

/** The tables whose details are deleted after `RETENTION_DAYS`. */
const CLEAR_DETAILS = {
  placements: SQL.CLEAR_PLACEMENTS,
  notifications: SQL.CLEAR_NOTIFICATIONS,
  refunds: SQL.CLEAR_REFUNDS,
};
export type DetailedTable = keyof typeof CLEAR_DETAILS;

/**
 * Deletes what orders and money do not need. The only repository that deletes in tables of several libs. Each call takes the next
 * `limit` rows that are old enough and returns how many it has gone through, also if there was nothing to delete.
 */
@Injectable()
export class RetentionRepository {
  constructor(@InjectRepository(CleanupPosition) private readonly positions: Repository<CleanupPosition>) {}

  /** Of orders that no idempotency key can replay any more. */
  @Failpoint('retention.clear_drafts')
  clearDraftsOfOrders(limit: number): Promise<number> {
    return this.run(SQL.CLEAR_DRAFTS_OF_ORDERS, [limit]);
  }

  /** Attempts, drafts and the providers' responses of what was created at least `days` ago and waits for nobody. */
  @Failpoint('retention.clear_details')
  clearDetails(table: DetailedTable, days: number, limit: number): Promise<number> {
    return this.run(CLEAR_DETAILS[table], [limit, days]);
  }

  private async run(statement: string, values: number[]): Promise<number> {
    const [walked] = await this.positions.query<{ count: number }[]>(statement, values);
    return walked?.count ?? 0;
  }
}
