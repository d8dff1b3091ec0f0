import { OrderItem } from './order-item.entity.js';
import { Order } from './order.entity.js';
import { StatusTransition } from './status-transition.entity.js';

/** Every entity of this lib. Its module and ormconfig.ts register them. */
export const ORDER_ENTITIES = [Order, OrderItem, StatusTransition];
