import type { RequestContext } from '#tracing';
import type { ProviderAnswer } from './provider-answer.js';

/** A request for money. */
export interface Charge {
  /** The provider's Idempotency-Key, the same for every send: the provider charges once for it. */
  key: string;
  /** For the log. */
  placementId: string;
  amountCents: number;
  /** The request that created the placement. For the log and the trace. */
  context: RequestContext;
}

/** How a charge ended, as far as it can be known. */
export type ChargeOutcome =
  /** The provider took the money. */
  | { kind: 'approved'; answer: ProviderAnswer }
  /** The provider refused. `confirmed` is false if the answer reports the provider's own trouble, so that a manager should check. */
  | { kind: 'declined'; answer: ProviderAnswer; confirmed: boolean }
  /** The request never left this process: no charge can exist. */
  | { kind: 'unsent'; reason: string }
  /** The request was sent and no answer came: a charge may exist. */
  | { kind: 'unknown'; reason: string };

/** A payment provider. */
export abstract class PaymentGateway {
  /**
   * Asks the provider for the money. Never throws, and never sends twice if that could charge twice.
   * @param onLate called once if an answer comes after this method returned `unknown`
   */
  abstract charge(charge: Charge, onLate: (outcome: ChargeOutcome) => void): Promise<ChargeOutcome>;

  /** Returns whether a charge would be sent now. False while the provider is known to be down. */
  abstract isAvailable(): boolean;
}
