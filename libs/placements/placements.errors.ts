import { DomainError } from '#errors';
import type { Placement, PlacementState } from './placement.entity.js';

/** How soon an attempt that still runs is worth asking for again. */
const RUNNING_RETRY_SECONDS = 1;
const PROVIDER_RETRY_SECONDS = 5;

/** The same for each repetition of the attempt, down to the id of the request that it first answered. */
export class PaymentDeclined extends DomainError {
  constructor(
    {
      responseStatusCode: status,
      responsePayload: body,
      requestId,
    }: Pick<Placement, 'responseStatusCode' | 'responsePayload' | 'requestId'>,
    replayed: boolean,
  ) {
    const reason = status === null ? 'the charge did not go through' : `the provider answered ${status}`;
    super('payment_required', 'payment_failed', `Payment failed: ${reason}`, {
      extensions: { provider: { status, body } },
      requestId,
      replayed,
    });
  }
}

export class PaymentUnavailable extends DomainError {
  constructor() {
    super(
      'unavailable',
      'payment_unavailable',
      'The payment provider cannot be reached; nothing was charged',
      {
        retryAfterSeconds: PROVIDER_RETRY_SECONDS,
      },
    );
  }
}

export class PaymentOutcomeUnknown extends DomainError {
  constructor(placementId: string, retryAfterSeconds: number) {
    super(
      'unavailable',
      'payment_outcome_unknown',
      `It is not known yet whether the payment was made; repeat the request with its Idempotency-Key, or ask for placement ${placementId}`,
      { retryAfterSeconds },
    );
  }
}

export class PlacementInProgress extends DomainError {
  constructor() {
    super(
      'conflict',
      'placement_in_progress',
      'The first request with this Idempotency-Key is still running',
      {
        retryAfterSeconds: RUNNING_RETRY_SECONDS,
      },
    );
  }
}

export class PlacementNotFound extends DomainError {
  constructor() {
    super('not_found', 'placement_not_found', 'Placement not found');
  }
}

export class PlacementNotResolvable extends DomainError {
  constructor(state: PlacementState, outcome: string) {
    super(
      'conflict',
      'placement_not_resolvable',
      `A placement that is ${state} cannot be resolved as ${outcome}`,
    );
  }
}
