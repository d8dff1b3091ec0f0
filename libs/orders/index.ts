export { OrderItem } from './order-item.entity.js';
export { type OrderLine, type OrderSnapshot } from './order-snapshot.js';
export { ORDER_STATUSES, type OrderStatus } from './order-status.js';
export { Order } from './order.entity.js';
export { OrdersModule } from './orders.module.js';
export { OrdersService } from './orders.service.js';
export { StatusTransition } from './status-transition.entity.js';
