import { Injectable } from '@nestjs/common';
import { newId, type Tx } from '#database';
import { AuditLogRepository } from './audit-log.repository.js';

/** A change, as the audit log keeps it. `before` and `after` hold no secrets. */
export interface AuditedChange {
  /** Null for a command. */
  actor: { id: string; role: string; requestId: string } | null;
  /** For example `product.update`. */
  action: string;
  subject: { type: string; id: string | null };
  /** The changed state, with the names of the API. */
  before?: object;
  after?: object;
  reason?: string | null;
}

/** Keeps who changed what. */
@Injectable()
export class AuditLog {
  constructor(private readonly entries: AuditLogRepository) {}

  /** Adds an entry in the transaction of the change, so that neither exists without the other. */
  record({ actor, action, subject, before, after, reason }: AuditedChange, tx: Tx): Promise<void> {
    const entry = {
      id: newId(),
      actorId: actor?.id ?? null,
      actorRole: actor?.role ?? null,
      action,
      subjectType: subject.type,
      subjectId: subject.id,
      before: before ?? null,
      after: after ?? null,
      reason: reason ?? null,
      requestId: actor?.requestId ?? null,
    };
    return this.entries.add(entry, tx);
  }
}
