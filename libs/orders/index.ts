export { OrderItem } from './order-item.entity.js';
export { type OrderSnapshot } from './order-snapshot.js';
export { ORDER_STATUSES, type OrderStatus } from './order-status.js';
export { Order } from './order.entity.js';
export { OrdersModule } from './orders.module.js';
export { OrdersService } from './orders.service.js';
export { Payment } from './payment.entity.js';
export { KeyReaper } from './placement/key-reaper.service.js';
export { type OrderRequest } from './placement/order-draft.js';
export {
  PlacementResolution,
  RESOLUTION_OUTCOMES,
  type ResolutionOutcome,
} from './placement/placement-resolution.entity.js';
export { Placement, PLACEMENT_STATES, type PlacementState } from './placement/placement.entity.js';
export { PlacementService } from './placement/placement.service.js';
export { ResolutionService, type ResolvedPlacement } from './placement/resolution.service.js';
export { SettlementService } from './placement/settlement.service.js';
export { StatusTransition } from './status-transition.entity.js';
