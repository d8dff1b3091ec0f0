import { Injectable } from '@nestjs/common';
import type { PageRequest, Tx } from '#database';
import type { AuditEntry } from './audit-entry.entity.js';
import { AuditLogRepository, type AuditFilter } from './audit-log.repository.js';
import type { AuditedChange } from './audited-change.js';

/** Keeps who changed what. */
@Injectable()
export class AuditLog {
  constructor(private readonly entries: AuditLogRepository) {}

  /** Adds an entry in the transaction of the change, so that neither exists without the other. */
  record(change: AuditedChange, tx: Tx): Promise<void> {
    return this.entries.add(change, tx);
  }

  /** Returns a page of entries, newest first. */
  list(page: PageRequest, filter: AuditFilter): Promise<AuditEntry[]> {
    return this.entries.list(page, filter);
  }
}
