import { Injectable, Logger } from '@nestjs/common';
import { Config } from '#config';
import { retryWhileDatabaseIsUnavailable } from '#database';
import { DomainError } from '#errors';
import { requestFields } from '#logging';
import { PaymentGateway, providerKeyOf, type ChargeOutcome } from '#payments';
import { isSettledWithin } from '#timing';
import { ChargeLimiter, type SlotRefusal } from './charge-limiter.js';
import { ChargeOutcomesService, type AttemptOutcome } from './charge-outcomes.service.js';
import { ChargePolicy } from './charge-policy.js';
import { PlacementMetrics } from './placement-metrics.js';
import type { NewPlacement, NotOpened, OpenPlacement } from './placement-attempt.js';
import type { PlacedOrder } from './placement-response.js';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';
import type { Placement } from './placement.entity.js';

const MAX_CLIENT_WAIT_MS = 5_000;

/**
 * The pipeline of every charge: open the attempt, ask the provider, record the outcome. The request, its retry and the recovery all
 * use it; it is the only caller of the payment gateway. No connection is held during the provider's call.
 */
@Injectable()
export class ChargeAttemptsService {
  private readonly log = new Logger(ChargeAttemptsService.name);
  private readonly limiter: ChargeLimiter;

  constructor(
    private readonly transitions: PlacementTransitionsRepository,
    private readonly payments: PaymentGateway,
    private readonly outcomes: ChargeOutcomesService,
    private readonly policy: ChargePolicy,
    metrics: PlacementMetrics,
    config: Config,
  ) {
    this.limiter = new ChargeLimiter(config.payment.chargesAtOnce);
    metrics.watch(this.limiter);
  }

  /**
   * Sends one charge and returns its order. Waits for a slot of the limiter before `open`; the slot is free again once the provider
   * has answered. A total of 0 needs no slot, because nothing is sent. Returns why it got no slot in time, or why `open` did not
   * open it.
   * @param customerId the customer whose share of the slots is used; undefined for managers and the recovery
   * @throws PaymentDeclined, PaymentUnavailable, PaymentOutcomeUnknown
   */
  async run(
    { totalCents }: Pick<Placement, 'totalCents'>,
    open: () => Promise<OpenPlacement | NotOpened>,
    customerId?: string,
  ): Promise<PlacedOrder | SlotRefusal | NotOpened> {
    const attempt = async (): Promise<{ placement: OpenPlacement; outcome: AttemptOutcome } | NotOpened> => {
      const placement = await open();
      return typeof placement === 'string' ? placement : { placement, outcome: await this.charge(placement) };
    };
    const sent = totalCents === 0 ? await attempt() : await this.limiter.run(attempt, customerId);
    return typeof sent === 'string' ? sent : this.settle(sent.placement, sent.outcome);
  }

  /**
   * Makes sure that nobody charges a placement whose begin the database did not confirm, although it may have been committed or still
   * may be. Nothing was sent for it. Never rejects.
   */
  async abandon(placement: NewPlacement): Promise<void> {
    const fields = logFields(placement);
    try {
      const marked = await retryWhileDatabaseIsUnavailable(() =>
        this.transitions.markUnsent(placement, 'unconfirmed'),
      );
      if (!marked)
        this.log.warn('A placement that was not confirmed is continued by another process', fields);
    } catch (error) {
      this.log.error('A placement that was not confirmed may be charged later', { ...fields, err: error });
    }
  }

  private async charge(placement: OpenPlacement): Promise<AttemptOutcome> {
    const { id: placementId, totalCents: amountCents } = placement;
    if (amountCents === 0) return { kind: 'free' };
    return this.payments.charge(
      { key: providerKeyOf(placement), placementId, amountCents, context: placement },
      (outcome) => void this.settleLate(placement, outcome),
    );
  }

  /** Records the outcome, and continues to do so after the client's wait is over. */
  private async settle(placement: OpenPlacement, outcome: AttemptOutcome): Promise<PlacedOrder> {
    const settling = this.outcomes.record(placement, outcome);
    if (await isSettledWithin(MAX_CLIENT_WAIT_MS, settling)) return settling;
    void this.logEnd(placement, settling);
    throw this.policy.outcomeUnknown(placement);
  }

  /**
   * Records an outcome that came after the provider's timeout. A late decline counts only if the charge cannot be sent again, because
   * the next send may be in flight.
   */
  private async settleLate(placement: OpenPlacement, outcome: ChargeOutcome): Promise<void> {
    const isFinalDecline = outcome.kind === 'declined' && outcome.confirmed && !this.policy.canResend;
    if (outcome.kind !== 'approved' && !isFinalDecline) return;
    const fields = { ...logFields(placement), outcome: outcome.kind };
    this.log.warn('The payment provider answered late', fields);
    await this.logEnd(placement, this.outcomes.record(placement, outcome));
  }

  /** Logs how the recording of an outcome ended for which no client waits any more. Never rejects. */
  private async logEnd(placement: OpenPlacement, settling: Promise<PlacedOrder>): Promise<void> {
    const fields = logFields(placement);
    try {
      const { order } = await settling;
      this.log.log('A placement became an order after its client was answered', {
        ...fields,
        order: order.id,
      });
    } catch (error) {
      if (error instanceof DomainError)
        this.log.warn('A placement was settled after its client was answered', {
          ...fields,
          outcome: error.code,
        });
    }
  }
}

function logFields(placement: NewPlacement): object {
  return { ...requestFields(placement), placement: placement.id };
}
