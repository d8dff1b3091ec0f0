import { Injectable, Logger } from '@nestjs/common';
import { Config } from '#config';
import { retryWhileDatabaseIsUnavailable } from '#database';
import { DomainError } from '#errors';
import { requestField } from '#logging';
import { NotificationsService } from '#notifications';
import { PaymentGateway, resendPolicy, type ChargeOutcome } from '#payments';
import { backoffMs, isSettledWithin } from '#timing';
import { ChargeLimiter, type SlotRefusal } from './charge-limiter.js';
import { LateChargesService } from './late-charges.service.js';
import type { Placement } from './placement.entity.js';
import { orderAsPlaced, settledResponse, type PlacedOrder } from './placement-response.js';
import {
  PlacementTransitionsRepository,
  type NewPlacement,
  type OpenPlacement,
} from './placement-transitions.repository.js';
import { PlacementsRepository } from './placements.repository.js';
import { PaymentDeclined, PaymentOutcomeUnknown, PaymentUnavailable } from './placements.errors.js';

const MANAGER_RETRY_SECONDS = 30;
const MAX_CLIENT_WAIT_MS = 5_000;
const RESEND_BACKOFF = { firstMs: 2_000, maxMs: 60_000 };

/** The database has no placement that it had before its charge was sent. */
class PlacementVanished extends Error {}

/** The outcome of a charge. `free`: nothing was sent, because the total is 0. */
type AttemptOutcome = ChargeOutcome | { kind: 'free' };

/**
 * The pipeline of every charge: open the attempt, ask the provider, record the outcome. The request, its retry and the recovery all
 * use it; it is the only caller of the payment gateway. No connection is held during the provider's call.
 */
@Injectable()
export class ChargeAttemptsService {
  /** How long a sender owns its attempt, in ms. */
  readonly leaseMs: number;
  /** For how long an unknown charge is sent again, in ms. 0 if the provider could charge twice. */
  readonly resendWithinMs: number;
  /** Whether an unknown charge may be sent again. */
  readonly canResend: boolean;
  private readonly log = new Logger(ChargeAttemptsService.name);
  private readonly limiter = new ChargeLimiter();

  constructor(
    private readonly transitions: PlacementTransitionsRepository,
    private readonly placements: PlacementsRepository,
    private readonly payments: PaymentGateway,
    private readonly lateCharges: LateChargesService,
    private readonly notifications: NotificationsService,
    config: Config,
  ) {
    const { leaseMs, resendWithinMs } = resendPolicy(config.payment);
    this.leaseMs = leaseMs;
    this.resendWithinMs = resendWithinMs;
    this.canResend = resendWithinMs > 0;
  }

  /**
   * Sends one charge and returns its order. Waits for a slot of the limiter before `open`; the slot is free again once the provider
   * has answered. A total of 0 needs no slot, because nothing is sent. Returns why it got no slot in time, and 'not_opened' if
   * `open` returned undefined.
   * @param customerId the customer whose share of the slots is used; undefined for managers and the recovery
   * @throws PaymentDeclined, PaymentUnavailable, PaymentOutcomeUnknown
   */
  async run(
    { totalCents }: Pick<Placement, 'totalCents'>,
    open: () => Promise<OpenPlacement | undefined>,
    customerId?: string,
  ): Promise<PlacedOrder | SlotRefusal | 'not_opened'> {
    const attempt = async (): Promise<
      { placement: OpenPlacement; outcome: AttemptOutcome } | 'not_opened'
    > => {
      const placement = await open();
      return placement ? { placement, outcome: await this.charge(placement) } : 'not_opened';
    };
    const sent = totalCents === 0 ? await attempt() : await this.limiter.run(attempt, customerId);
    return typeof sent === 'string' ? sent : this.settle(sent.placement, sent.outcome);
  }

  /** After how many seconds an unknown outcome may be known: soon if the charge is sent again, otherwise a manager decides. */
  get outcomeInSeconds(): number {
    return this.canResend ? 1 : MANAGER_RETRY_SECONDS;
  }

  /** Returns the error for a placement whose outcome is unknown. */
  outcomeUnknown({ orderId }: Pick<Placement, 'orderId'>): PaymentOutcomeUnknown {
    return new PaymentOutcomeUnknown(orderId, this.outcomeInSeconds);
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
    const { id: placementId, totalCents: amountCents, requestId } = placement;
    if (amountCents === 0) return { kind: 'free' };
    return this.payments.charge(
      { placementId, amountCents, requestId },
      (outcome) => void this.settleLate(placement, outcome),
    );
  }

  /** Records the outcome, and continues to do so after the client's wait is over. */
  private async settle(placement: OpenPlacement, outcome: AttemptOutcome): Promise<PlacedOrder> {
    const settling = this.record(placement, outcome);
    if (await isSettledWithin(MAX_CLIENT_WAIT_MS, settling)) return settling;
    void this.logEnd(placement, settling);
    throw this.outcomeUnknown(placement);
  }

  /**
   * Records an outcome that came after the provider's timeout. A late decline counts only if the charge cannot be sent again, because
   * the next send may be in flight.
   */
  private async settleLate(placement: OpenPlacement, outcome: ChargeOutcome): Promise<void> {
    const isFinalDecline = outcome.kind === 'declined' && outcome.confirmed && !this.canResend;
    if (outcome.kind !== 'approved' && !isFinalDecline) return;
    const fields = { ...logFields(placement), outcome: outcome.kind };
    this.log.warn('The payment provider answered late', fields);
    await this.logEnd(placement, this.record(placement, outcome));
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

  /** Records the outcome as soon as the database allows it. If that fails for good, the log is its only record. */
  private async record(placement: OpenPlacement, outcome: AttemptOutcome): Promise<PlacedOrder> {
    try {
      return await retryWhileDatabaseIsUnavailable(() => this.recordOutcome(placement, outcome));
    } catch (error) {
      if (!(error instanceof DomainError))
        this.log.error('The outcome of a charge was not recorded', {
          ...facts(placement, outcome),
          draft: placement.draft,
          err: error,
        });
      throw error;
    }
  }

  /**
   * Records the outcome. A failover to a delayed replica, or a restored backup, may have lost the placement: this process holds all of
   * it and writes it again, so that no charge lacks a record.
   */
  private async recordOutcome(placement: OpenPlacement, outcome: AttemptOutcome): Promise<PlacedOrder> {
    try {
      return await this.applyOutcome(placement, outcome);
    } catch (error) {
      if (!(error instanceof PlacementVanished)) throw error;
      await this.transitions.restore(placement, this.leaseMs);
      this.log.error('The database lost a placement; it was written again', facts(placement, outcome));
      return this.applyOutcome(placement, outcome);
    }
  }

  private async applyOutcome(placement: OpenPlacement, outcome: AttemptOutcome): Promise<PlacedOrder> {
    switch (outcome.kind) {
      case 'approved':
      case 'free': {
        const answer = outcome.kind === 'approved' ? outcome.answer : null;
        const placedAt = await this.transitions.settleApproved(placement.id, answer);
        if (!placedAt) return this.settledByOther(placement, outcome);
        this.notifications.wakeForPlacedOrder();
        const placed = { ...placement, responseStatusCode: answer?.status ?? null };
        return { order: orderAsPlaced(placed, placedAt), replayed: false };
      }
      case 'declined': {
        // After an earlier send, the provider's trouble with this one says nothing about the first.
        if (!outcome.confirmed && placement.attempt > 1)
          return this.leaveUnknown(placement, `answered ${outcome.answer.status}`);
        const state = outcome.confirmed ? 'declined' : 'declined_unconfirmed';
        if (!(await this.transitions.settleDeclined(placement.id, outcome.answer, state)))
          return this.settledByOther(placement, outcome);
        const { status: responseStatusCode, body: responsePayload } = outcome.answer;
        throw new PaymentDeclined({ ...placement, responseStatusCode, responsePayload });
      }
      case 'unsent':
        if (placement.attempt > 1) return this.leaveUnknown(placement, outcome.reason);
        if (!(await this.transitions.markUnsent(placement, outcome.reason)))
          return this.settledByOther(placement, outcome);
        throw new PaymentUnavailable();
      case 'unknown':
        return this.leaveUnknown(placement, outcome.reason);
    }
  }

  private async leaveUnknown(placement: OpenPlacement, reason: string): Promise<never> {
    const retryInMs = this.canResend ? backoffMs(placement.attempt, RESEND_BACKOFF) : null;
    const isMarked = await this.transitions.markUnknown(placement, reason, retryInMs);
    if (!isMarked && !(await this.placements.find(placement.id))) throw new PlacementVanished(placement.id);
    throw this.outcomeUnknown(placement);
  }

  /** A manager, a retry or the recovery was faster: their outcome stands. */
  private async settledByOther(placement: OpenPlacement, outcome: AttemptOutcome): Promise<PlacedOrder> {
    if (outcome.kind === 'approved') await this.lateCharges.record(placement, outcome.answer);
    const settled = await this.placements.find(placement.id);
    if (!settled) throw new PlacementVanished(placement.id);
    const response = settledResponse(settled);
    if (!response) throw this.outcomeUnknown(settled);
    return response;
  }
}

/** What the log must hold of a charge that the database may not hold. */
function facts(placement: OpenPlacement, outcome: AttemptOutcome): object {
  const { orderId: order, customerId: customer, totalCents } = placement;
  return { ...logFields(placement), order, customer, totalCents, outcome: outcome.kind };
}

function logFields({ id, requestId }: NewPlacement): object {
  return { ...requestField(requestId), placement: id };
}
