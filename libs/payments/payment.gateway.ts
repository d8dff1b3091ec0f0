/** A request for money: what is asked, and the name under which the provider charges it once. */
export interface Charge {
  /** Stable over every send of the same attempt. */
  placementId: string;
  amountCents: number;
}

/** The provider's answer as it is kept: JSON as it came, other text as a string, other bytes as `{base64}`. */
export interface ProviderAnswer {
  status: number;
  body: unknown;
}

/** How a charge ended, as far as anyone can know. */
export type ChargeOutcome =
  /** The provider took the money. */
  | { kind: 'approved'; answer: ProviderAnswer }
  /** The provider said no. `confirmed` is false where its answer speaks of its own trouble, so that someone should look. */
  | { kind: 'declined'; answer: ProviderAnswer; confirmed: boolean }
  /** Nothing left this process: no charge can exist. */
  | { kind: 'unsent'; reason: string }
  /** It was sent, but no answer came: a charge may exist. */
  | { kind: 'unknown'; reason: string };

/** A payment provider. */
export abstract class PaymentGateway {
  /**
   * Asks the provider for the money; never throws, and never sends twice where that could charge twice.
   * @param onLate told once of an outcome that came after this was answered as unknown
   */
  abstract charge(charge: Charge, onLate: (outcome: ChargeOutcome) => void): Promise<ChargeOutcome>;

  /** Whether a charge would be sent now: not while the provider is known to be down. */
  abstract isAvailable(): boolean;
}
