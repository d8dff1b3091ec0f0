import { AUDIT_ACTIONS } from '#audit';
import { NOTIFICATION_STATES } from '#notifications';
import { ORDER_STATUSES, PROGRESS_STATUSES } from '#orders';
import { PLACEMENT_STATES, RESOLUTION_OUTCOMES } from '#placements';
import { REFUND_REASONS, REFUND_RESOLUTION_OUTCOMES, REFUND_STATES } from '#refunds';
import { NOT_OPEN_REASONS } from '#shop';
import { ROLES } from '#users';
import { ORDER_EVENT_TYPES } from '../orders/dto/order-event.dto.js';

/** The lists of values that have a name in the document, so that a generated client has one type of each. */
export const NAMED_ENUMS: Record<string, readonly (string | null)[]> = {
  AuditAction: AUDIT_ACTIONS,
  ChargeOutcome: RESOLUTION_OUTCOMES,
  /** Null if the shop is open. */
  NotOpenReason: [...NOT_OPEN_REASONS, null],
  NotificationState: NOTIFICATION_STATES,
  OrderEventType: ORDER_EVENT_TYPES,
  OrderStatus: ORDER_STATUSES,
  PlacementState: PLACEMENT_STATES,
  ProgressStatus: PROGRESS_STATUSES,
  RefundOutcome: REFUND_RESOLUTION_OUTCOMES,
  RefundReason: REFUND_REASONS,
  RefundState: REFUND_STATES,
  Role: ROLES,
};
