import { DomainError } from '#errors';
import { ORDER_TRANSITIONS, PROGRESS_STATUSES, type OrderStatus } from './order-status.js';

/** The order does not exist, or it belongs to another customer. */
export class OrderNotFound extends DomainError {
  constructor() {
    super('not_found', 'order_not_found', 'Order not found');
  }
}

export class InvalidStatus extends DomainError {
  static readonly example = new InvalidStatus('eaten');

  constructor(status: string) {
    const allowed = PROGRESS_STATUSES.join(', ');
    super('invalid_argument', 'invalid_status', `Invalid status: ${status}. Allowed: ${allowed}`, {
      fields: [{ field: 'status', message: `must be one of ${allowed}` }],
    });
  }
}

export class InvalidTransition extends DomainError {
  static readonly example = new InvalidTransition('waiting');

  constructor(current: OrderStatus) {
    const next = PROGRESS_STATUSES.find((status) => ORDER_TRANSITIONS[current].includes(status)) ?? 'none';
    super(
      'invalid_argument',
      'invalid_transition',
      `Invalid transition: current status is ${current}, only next allowed is ${next}.`,
    );
  }
}

/** Work on the order has begun, so that only a manager may cancel it. */
export class OrderInPreparation extends DomainError {
  constructor() {
    super(
      'conflict',
      'order_in_preparation',
      'The order is in preparation; only a manager can cancel it now',
    );
  }
}

export class OrderDelivered extends DomainError {
  constructor() {
    super('conflict', 'order_delivered', 'The order was delivered and can no longer be cancelled');
  }
}
