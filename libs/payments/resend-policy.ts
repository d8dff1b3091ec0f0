import type { Config } from '#config';

/** The provider's body and the recording of the outcome take time after the provider's timeout. */
const LEASE_MARGIN_MS = 4_000;
/** Providers forget idempotency keys after about a day, so nothing is sent again later than well within it. */
const RESEND_WITHIN_MS = 12 * 3_600_000;

export interface ResendPolicy {
  /** How long a sender owns its request, in ms. */
  leaseMs: number;
  /** For how long a request with an unknown outcome is sent again, in ms. 0 if the provider could move the money twice. */
  resendWithinMs: number;
}

/** Returns how requests to the payment provider are sent again. */
export function resendPolicy({ timeoutMs, idempotency }: Config['payment']): ResendPolicy {
  return {
    leaseMs: timeoutMs + LEASE_MARGIN_MS,
    resendWithinMs: idempotency === 'supported' ? RESEND_WITHIN_MS : 0,
  };
}
