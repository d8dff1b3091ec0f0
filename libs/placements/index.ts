export { fingerprint, IdempotencyKey } from './idempotency-key.js';
export { IdempotencyKeyCleanup } from './idempotency-key-cleanup.service.js';
export { IdempotencyKeyRecord } from './idempotency-key.entity.js';
export { IdempotencyKeyReused } from './idempotency-key.errors.js';
export { type OrderRequest } from './order-draft.js';
export {
  PlacementResolution,
  RESOLUTION_OUTCOMES,
  type ResolutionOutcome,
} from './placement-resolution.entity.js';
export { Placement, PLACEMENT_STATES, type PlacementState } from './placement.entity.js';
export { PlacementsModule } from './placements.module.js';
export { PlacementsService } from './placements.service.js';
export { ResolutionsService, type ResolvedPlacement } from './resolutions.service.js';
export { ChargeAttemptsService } from './charge-attempts.service.js';
