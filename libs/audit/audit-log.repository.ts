import { Injectable } from '@nestjs/common';
import { Failpoint } from '#config';
import { pageClauses, type PageRequest, type Reader, type Tx } from '#database';
import type { AuditAction } from './audit-action.js';
import type { AuditEntry } from './audit-entry.entity.js';
import { insertEntry, SELECT_ENTRY } from './audit-log.sql.js';
import { entryParameter, type AuditedChange } from './audited-change.js';

export interface AuditFilter {
  actorId?: string;
  action?: AuditAction;
  subjectId?: string;
}

/** The table of audit entries. The role of the API may only insert and select. */
@Injectable()
export class AuditLogRepository {
  @Failpoint('audit.add')
  async add(change: AuditedChange, tx: Tx): Promise<void> {
    await tx.query(insertEntry('$1'), [entryParameter(change)]);
  }

  /** Returns a page of entries, newest first. */
  list(
    page: PageRequest,
    { actorId, action, subjectId }: AuditFilter,
    reader: Reader,
  ): Promise<AuditEntry[]> {
    const filters = Object.entries({ subject_id: subjectId, actor_id: actorId, action })
      .filter(([, value]) => value !== undefined)
      .map(([column, value]) => ({ column: `e.${column}`, value }));
    // The first filter chooses the index. As an array, PostgreSQL does not take its value for a constant, see orders.repository.ts.
    const { clauses, parameters } = pageClauses(
      'e',
      page,
      filters.map(({ column, value }) => [`${column} = ANY (?)`, [value]]),
      filters[0]?.column,
    );
    return reader.query<AuditEntry[]>(`${SELECT_ENTRY} ${clauses}`, parameters);
  }
}
