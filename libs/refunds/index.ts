export { OrderChanges, ORDERS_CHANGED } from './order-changes.js';
export { RefundDispatcher } from './refund-dispatcher.service.js';
export { REFUND_REASONS, type RefundReason } from './refund-reason.js';
export { RefundResolutionsService, type ResolvedRefund } from './refund-resolutions.service.js';
export {
  OPEN_STATES as OPEN_REFUND_STATES,
  REFUND_RESOLUTION_OUTCOMES,
  REFUND_STATE_MEANINGS,
  REFUND_STATES,
  REFUND_TRANSITIONS,
  type RefundResolutionOutcome,
  type RefundState,
} from './refund-state.js';
export type { Refund } from './refund.entity.js';
export { REFUND_ENTITIES } from './refunds.entities.js';
export { RefundExceedsPayment, RefundNotFound, RefundNotResolvable } from './refunds.errors.js';
export { RefundsModule } from './refunds.module.js';
export { REFUND_DUE, RefundsService, type RefundRequest, type RequestedRefund } from './refunds.service.js';
