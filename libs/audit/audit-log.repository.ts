import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { AuditEntry } from './audit-entry.entity.js';

/** The table of audit entries. The role of the API may only insert and select. */
@Injectable()
export class AuditLogRepository {
  async add(entry: Omit<AuditEntry, 'createdAt'>, tx: Tx): Promise<void> {
    await tx.insert(AuditEntry, entry);
  }
}
