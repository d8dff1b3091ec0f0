import { DomainError } from '#errors';
import { ORDER_STATUSES, ORDER_TRANSITIONS, type OrderStatus } from './order-status.js';

/** The order does not exist, or it belongs to another customer. */
export class OrderNotFound extends DomainError {
  constructor() {
    super('not_found', 'order_not_found', 'Order not found');
  }
}

export class InvalidStatus extends DomainError {
  static readonly example = new InvalidStatus('eaten');

  constructor(status: string) {
    const allowed = ORDER_STATUSES.join(', ');
    super('invalid_argument', 'invalid_status', `Invalid status: ${status}. Allowed: ${allowed}`, {
      fields: [{ field: 'status', message: `must be one of ${allowed}` }],
    });
  }
}

export class InvalidTransition extends DomainError {
  static readonly example = new InvalidTransition('waiting');

  constructor(current: OrderStatus) {
    const [next = 'none'] = ORDER_TRANSITIONS[current];
    super(
      'invalid_argument',
      'invalid_transition',
      `Invalid transition: current status is ${current}, only next allowed is ${next}.`,
    );
  }
}
