import { Injectable, Logger } from '@nestjs/common';
import { Config } from '#config';
import { deleteInBatches } from '#database';
import { RetentionRepository, type DetailedTable } from './retention.repository.js';

/** A batch takes a tenth of the time after which the database cancels a statement. */
const BATCH_SIZE = 1_000;
const DETAILED_TABLES: readonly DetailedTable[] = ['placements', 'notifications', 'refunds'];

/** Deletes drafts that nobody can replay any more and, after `RETENTION_DAYS`, details of old orders. Runs in the worker. */
@Injectable()
export class RetentionCleanup {
  private readonly log = new Logger(RetentionCleanup.name);

  constructor(
    private readonly retention: RetentionRepository,
    private readonly config: Config,
  ) {}

  async deleteExpired(signal?: AbortSignal): Promise<void> {
    const batches = { log: this.log, limit: BATCH_SIZE, signal };
    await deleteInBatches({ ...batches, message: 'Went through orders to delete their drafts' }, (limit) =>
      this.retention.clearDraftsOfOrders(limit),
    );
    const days = this.config.retentionDays;
    if (days === undefined) return;
    for (const table of DETAILED_TABLES)
      await deleteInBatches(
        { ...batches, message: `Went through ${table} to delete their details` },
        (limit) => this.retention.clearDetails(table, days, limit),
      );
  }
}
