export { ORDER_LINE_TYPES } from './order-item.entity.js';
export type { FormerOrderSnapshot, OrderLine, OrderSnapshot } from './order-snapshot.js';
export { ORDER_STATUSES, ORDER_TRANSITIONS, type OrderStatus } from './order-status.js';
export { ORDER_ENTITIES } from './orders.entities.js';
export { InvalidStatus, InvalidTransition, OrderNotFound } from './orders.errors.js';
export { OrdersModule } from './orders.module.js';
export { OrdersService } from './orders.service.js';
