import { newId } from '#database';
import type { AuditAction, AuditSubjectType } from './audit-action.js';

/** A change, as the audit log keeps it. `before` and `after` hold no secrets. */
export interface AuditedChange {
  /** Null for a command. */
  actor: { id: string; role: string; requestId: string } | null;
  action: AuditAction;
  /** The id is null if the change has several subjects. */
  subject: { type: AuditSubjectType; id: string | null };
  /** The changed state, with the names of the API. Left out if the subject is new. */
  before?: object;
  /** Left out if the subject is gone. */
  after?: object;
  reason?: string | null;
}

/** Returns the value of the parameter of `insertEntry`. */
export function entryParameter({ actor, action, subject, before, after, reason }: AuditedChange): string {
  return JSON.stringify({
    id: newId(),
    actor_id: actor?.id,
    actor_role: actor?.role,
    action,
    subject_type: subject.type,
    subject_id: subject.id,
    before,
    after,
    reason,
    request_id: actor?.requestId,
  });
}
