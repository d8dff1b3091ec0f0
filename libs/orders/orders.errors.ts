import { DomainError } from '#errors';
import { NEXT_STATUS, ORDER_STATUSES, type OrderStatus } from './order-status.js';

export class OrderNotFound extends DomainError {
  constructor() {
    super('not_found', 'order_not_found', 'Order not found');
  }
}

export class InvalidStatus extends DomainError {
  constructor(status: string) {
    super('refused', 'invalid_status', `Invalid status: ${status}. Allowed: ${ORDER_STATUSES.join(', ')}`, {
      fields: [{ field: 'status', message: `must be one of ${ORDER_STATUSES.join(', ')}` }],
    });
  }
}

export class InvalidTransition extends DomainError {
  constructor(current: OrderStatus) {
    super(
      'refused',
      'invalid_transition',
      `Invalid transition: current status is ${current}, only next allowed is ${NEXT_STATUS[current] ?? 'none'}.`,
    );
  }
}
