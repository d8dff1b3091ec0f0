import { DomainError } from '#errors';
import type { RefundResolutionOutcome, RefundState } from './refund-state.js';

export class RefundNotFound extends DomainError {
  constructor() {
    super('not_found', 'refund_not_found', 'Refund not found');
  }
}

/** Less of the payment is left than the refund asks for. Nothing was refunded and the key is still free. */
export class RefundExceedsPayment extends DomainError {
  static readonly example = new RefundExceedsPayment(450);

  constructor(refundableCents: number) {
    super(
      'conflict',
      'refund_exceeds_payment',
      `At most ${refundableCents} cents of this payment can still be refunded`,
      { extensions: { refundable_cents: refundableCents } },
    );
  }
}

/** The refund is being sent, or it was settled otherwise. */
export class RefundNotResolvable extends DomainError {
  static readonly example = new RefundNotResolvable('sending', 'refunded');

  constructor(state: RefundState, outcome: RefundResolutionOutcome) {
    super('conflict', 'refund_not_resolvable', `A refund that is ${state} cannot be resolved as ${outcome}`);
  }
}
