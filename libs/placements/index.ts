export { IdempotencyKeyCleanup } from './idempotency-key-cleanup.service.js';
export type { OrderRequest } from './order-draft.js';
export { OrderLookupService } from './order-lookup.service.js';
export {
  OPEN_STATES as OPEN_PLACEMENT_STATES,
  PLACEMENT_STATE_MEANINGS,
  PLACEMENT_STATES,
  PLACEMENT_TRANSITIONS,
  RESOLUTION_OUTCOMES,
  UNCONFIRMED_STATES as UNCONFIRMED_PLACEMENT_STATES,
  type PlacementState,
  type ResolutionOutcome,
} from './placement-state.js';
export { KEY_LIFETIME, PLACEMENT_STATEMENTS } from './placement-begin.sql.js';
export { PLACEMENT_ENTITIES } from './placements.entities.js';
export {
  PaymentDeclined,
  PaymentOutcomeUnknown,
  PaymentUnavailable,
  PlacementDeclined,
  PlacementInProgress,
  PlacementNotFound,
  PlacementNotResolvable,
  PlacementPending,
  RefundInProgress,
  TooManyConcurrentOrders,
} from './placements.errors.js';
export { PlacementsModule } from './placements.module.js';
export { PlacementsService } from './placements.service.js';
export { RecoveryService } from './recovery.service.js';
export { ResolutionsService, type ResolvedPlacement } from './resolutions.service.js';
