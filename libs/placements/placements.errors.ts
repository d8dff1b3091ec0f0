import { DomainError } from '#errors';
import type { PlacementState, ResolutionOutcome } from './placement-state.js';
import type { Placement } from './placement.entity.js';

const IN_PROGRESS_RETRY_SECONDS = 1;
/** After a short failure, the circuit breaker of the provider lets the next charge through after one second. */
const PROVIDER_RETRY_SECONDS = 2;
/** A statement runs on for up to five seconds (`statement_timeout`) after its connection was lost. */
const DATABASE_RETRY_SECONDS = 6;

/** The first request with this key still runs. */
export class PlacementInProgress extends DomainError {
  constructor() {
    const detail = 'The first request with this Idempotency-Key is still running';
    super('conflict', 'placement_in_progress', detail, { retryAfterSeconds: IN_PROGRESS_RETRY_SECONDS });
  }
}

/** The charge was declined. Final for its Idempotency-Key: each repetition gets the same, with the first request's id. */
export class PaymentDeclined extends DomainError {
  static readonly example = new PaymentDeclined({
    responseStatusCode: 402,
    responsePayload: { reason: 'insufficient funds' },
    requestId: '7c0f7f0e-5a2b-4c37-8f7e-0d6f2d1c9b1a',
  });

  constructor(
    placement: Pick<Placement, 'responseStatusCode' | 'responsePayload' | 'requestId'>,
    readonly replayed = false,
  ) {
    const { responseStatusCode: status, responsePayload: body, requestId } = placement;
    const reason = status === null ? 'the charge did not go through' : `the provider answered ${status}`;
    super('payment_required', 'payment_failed', `Payment failed: ${reason}`, {
      extensions: { provider: { status, body }, request_id: requestId },
    });
  }
}

/** Nothing was charged and the key is free again. */
export class PaymentUnavailable extends DomainError {
  constructor() {
    const detail = 'The payment provider cannot be reached; nothing was charged';
    super('unavailable', 'payment_unavailable', detail, { retryAfterSeconds: PROVIDER_RETRY_SECONDS });
  }
}

/** All charges that one customer may have at once are under way. Nothing was charged and the key is still free. */
export class TooManyConcurrentOrders extends DomainError {
  constructor() {
    const detail = 'Too many of your orders are being paid at once; nothing was charged for this one';
    super('unavailable', 'too_many_concurrent_orders', detail, {
      retryAfterSeconds: IN_PROGRESS_RETRY_SECONDS,
    });
  }
}

/** A charge may exist. The order's id leads to its outcome, and so does the same key. */
export class PaymentOutcomeUnknown extends DomainError {
  static readonly example = new PaymentOutcomeUnknown('5f0c3d2a-9d4b-4b6f-8a1e-2b7c6d5e4f33', 1);

  constructor(orderId: string, retryAfterSeconds: number) {
    super(
      'unavailable',
      'payment_outcome_unknown',
      `It is not known yet whether the payment was made; ${whatToDo(orderId)}`,
      { retryAfterSeconds, extensions: { order_id: orderId } },
    );
  }
}

/** The database did not confirm that the placement began. Nothing was sent; an order follows only if this process ends before it can record that. */
export class PlacementUnconfirmed extends DomainError {
  constructor(orderId: string) {
    super(
      'unavailable',
      'database_unavailable',
      `The database cannot be reached; ${whatToDo(orderId)}; while it is not found, it may still appear`,
      { retryAfterSeconds: DATABASE_RETRY_SECONDS, extensions: { order_id: orderId } },
    );
  }
}

/** The order does not exist yet: the outcome of its charge is not known. Only its customer learns that. */
export class PlacementPending extends DomainError {
  static readonly example = new PlacementPending(1);

  constructor(retryAfterSeconds: number) {
    const detail = 'The order is not placed yet: it is not known whether its payment was made';
    super('not_found', 'placement_pending', detail, { retryAfterSeconds });
  }
}

/** The order will never exist: its charge did not go through, or was never sent. Only its customer learns that. */
export class PlacementDeclined extends DomainError {
  static readonly example = new PlacementDeclined('nothing was charged');

  constructor(reason: string) {
    super('not_found', 'placement_declined', `The order was not placed: ${reason}`);
  }
}

export class PlacementNotFound extends DomainError {
  constructor() {
    super('not_found', 'placement_not_found', 'Placement not found');
  }
}

/** The placement still runs, or it was settled otherwise. */
export class PlacementNotResolvable extends DomainError {
  static readonly example = new PlacementNotResolvable('charging', 'charged');

  constructor(state: PlacementState, outcome: ResolutionOutcome) {
    super(
      'conflict',
      'placement_not_resolvable',
      `A placement that is ${state} cannot be resolved as ${outcome}`,
    );
  }
}

/** A due refund may not be withdrawn while it is being sent. */
export class RefundInProgress extends DomainError {
  constructor() {
    const detail = 'The refund of this placement is being sent; resolve the placement when that has ended';
    super('conflict', 'refund_in_progress', detail, { retryAfterSeconds: IN_PROGRESS_RETRY_SECONDS });
  }
}

/** The advice for a request whose outcome is not known, true with and without a key. */
function whatToDo(orderId: string): string {
  return `read order ${orderId} for the outcome, and repeat the request only if it had an Idempotency-Key, with the same one`;
}
