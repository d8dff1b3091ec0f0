import type { AuditedChange } from '#audit';
import type { Actor } from '#users';
import type { Order } from './order.entity.js';
import type { StatusTransition } from './status-transition.entity.js';

/** The step of an order to its present status. */
export type StatusStep = Pick<StatusTransition, 'fromStatus' | 'reason' | 'note'> & { changedBy: Actor };

/** Returns the audit entry of a step, or null if a customer made it: only changes by the staff are audited. */
export function auditedStep(
  { id, status }: Pick<Order, 'id' | 'status'>,
  { fromStatus, changedBy: actor, reason, note }: StatusStep,
): AuditedChange | null {
  if (actor.role === 'customer') return null;
  const change = { actor, subject: { type: 'order', id }, before: { status: fromStatus } } as const;
  return status === 'cancelled'
    ? { ...change, action: 'order.cancel', after: { status, note }, reason }
    : { ...change, action: 'order.status', after: { status } };
}
