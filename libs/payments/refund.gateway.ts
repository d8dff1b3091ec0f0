import type { RequestContext } from '#tracing';
import type { ProviderAnswer } from './provider-answer.js';

/** Money to give back. */
export interface ProviderRefund {
  /** Stable over every send of the same refund: the provider refunds once for it. */
  refundId: string;
  /** The Idempotency-Key of the charge. */
  chargeKey: string;
  /** For the log. */
  placementId: string;
  amountCents: number;
  /** The request that created the refund. For the log and the trace. */
  context: RequestContext;
}

/** How a refund ended, as far as it can be known. */
export type RefundOutcome =
  /** The provider gave the money back. */
  | { kind: 'refunded'; answer: ProviderAnswer }
  /** The provider refused. `confirmed` is false if the answer reports our configuration: it says nothing about an earlier send. */
  | { kind: 'rejected'; answer: ProviderAnswer; confirmed: boolean }
  /** The request never left this process. */
  | { kind: 'unsent'; reason: string }
  /** The request was sent and the provider did not refuse it: the money may be back. `status` is null if no answer came. */
  | { kind: 'unknown'; reason: string; status: number | null };

/** A payment provider's refunds. */
export abstract class RefundGateway {
  /** Whether there is a provider to send refunds to. */
  abstract get isConfigured(): boolean;

  /**
   * Asks the provider to give the money back. Never throws, and sends once.
   * @param onLate called once if something comes after this method returned `unknown` because of the timeout
   */
  abstract refund(refund: ProviderRefund, onLate: (outcome: RefundOutcome) => void): Promise<RefundOutcome>;

  /** Returns whether a refund would be sent now. False without a provider, and while it is known to be down. */
  abstract isAvailable(): boolean;
}
