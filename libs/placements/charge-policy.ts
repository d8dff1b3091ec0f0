import { Injectable } from '@nestjs/common';
import { Config } from '#config';
import { resendPolicy } from '#payments';
import type { Placement } from './placement.entity.js';
import { PaymentOutcomeUnknown } from './placements.errors.js';

const RESEND_RETRY_SECONDS = 1;
const MANAGER_RETRY_SECONDS = 30;

/** What happens to a charge whose outcome is unknown. */
@Injectable()
export class ChargePolicy {
  /** How long a sender owns its attempt, in ms. */
  readonly leaseMs: number;
  /** For how long an unknown charge is sent again, in ms. 0 if the provider could charge twice. */
  readonly resendWithinMs: number;

  constructor({ payment }: Config) {
    const { leaseMs, resendWithinMs } = resendPolicy(payment);
    this.leaseMs = leaseMs;
    this.resendWithinMs = resendWithinMs;
  }

  /** Whether an unknown charge may be sent again. */
  get canResend(): boolean {
    return this.resendWithinMs > 0;
  }

  /** After how many seconds an unknown outcome may be known: soon if the charge is sent again, otherwise a manager decides. */
  get outcomeInSeconds(): number {
    return this.canResend ? RESEND_RETRY_SECONDS : MANAGER_RETRY_SECONDS;
  }

  /** Returns the error for a placement whose outcome is unknown. */
  outcomeUnknown({ orderId }: Pick<Placement, 'orderId'>): PaymentOutcomeUnknown {
    return new PaymentOutcomeUnknown(orderId, this.outcomeInSeconds);
  }
}
