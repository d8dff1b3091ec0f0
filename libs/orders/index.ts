export { BOARD_SIZE, type Board, type KnownVersions } from './board.js';
export { CancellationsService } from './cancellations.service.js';
export type { OrderEvent } from './order-event.js';
export { ORDER_LINE_TYPES } from './order-item.entity.js';
export { MAX_ORDER_NUMBER } from './order.entity.js';
export { OrderRefundsService } from './order-refunds.service.js';
export type { FormerOrderSnapshot, OrderLine, OrderSnapshot } from './order-snapshot.js';
export {
  OPEN_STATUSES,
  ORDER_STATUS_MEANINGS,
  ORDER_STATUSES,
  ORDER_TRANSITIONS,
  PROGRESS_STATUSES,
  type OrderStatus,
} from './order-status.js';
export { ORDER_ENTITIES } from './orders.entities.js';
export {
  InvalidStatus,
  InvalidTransition,
  OrderDelivered,
  OrderInPreparation,
  OrderNotFound,
} from './orders.errors.js';
export { OrdersModule } from './orders.module.js';
export type { OrderFilter } from './orders.repository.js';
export { OrdersService } from './orders.service.js';
