import { IdempotencyKeyRecord } from './idempotency-key.entity.js';
import { PlacementResolution } from './placement-resolution.entity.js';
import { Placement } from './placement.entity.js';

/** Every entity of this lib. Its module and ormconfig.ts register them. */
export const PLACEMENT_ENTITIES = [Placement, PlacementResolution, IdempotencyKeyRecord];
