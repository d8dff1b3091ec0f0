import type { AuditedChange } from '#audit';
import type { Actor } from '#users';
import type { Refund } from './refund.entity.js';

/** Returns the audit entry of a refund that a manager requested. */
export function auditedRefund(
  { id, orderId, amountCents, reason, note }: Refund,
  actor: Actor,
): AuditedChange {
  return {
    actor,
    action: 'refund.create',
    subject: { type: 'refund', id },
    after: { order_id: orderId, amount_cents: amountCents, reason, note },
    reason,
  };
}
