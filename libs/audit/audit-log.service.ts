import { Injectable } from '@nestjs/common';
import { Transactions, type PageRequest, type Tx } from '#database';
import type { AuditEntry } from './audit-entry.entity.js';
import { AuditLogRepository, type AuditFilter } from './audit-log.repository.js';
import type { AuditedChange } from './audited-change.js';

/** The record of changes by the staff and by commands. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly entries: AuditLogRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Adds an entry in the transaction of the change, so that neither exists without the other. */
  record(change: AuditedChange, tx: Tx): Promise<void> {
    return this.entries.add(change, tx);
  }

  /** Returns a page of entries, newest first. */
  list(page: PageRequest, filter: AuditFilter): Promise<AuditEntry[]> {
    return this.transactions.readList((reader) => this.entries.list(page, filter, reader));
  }
}
