import { Injectable, Logger } from '@nestjs/common';
import { retryWhileDatabaseIsUnavailable } from '#database';
import { DomainError } from '#errors';
import { requestFields } from '#logging';
import { providerKeyOf, type ChargeOutcome } from '#payments';
import { backoffMs } from '#timing';
import { ChargePolicy } from './charge-policy.js';
import { LateChargesService } from './late-charges.service.js';
import { PlacedOrderSignals } from './placed-order-signals.js';
import type { OpenPlacement } from './placement-attempt.js';
import { PlacementMetrics } from './placement-metrics.js';
import { orderAsPlaced, settledResponse, type PlacedOrder } from './placement-response.js';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';
import { PlacementsRepository } from './placements.repository.js';
import { PaymentDeclined, PaymentUnavailable } from './placements.errors.js';

const RESEND_BACKOFF = { firstMs: 2_000, maxMs: 60_000 };

/** The database has no placement that it had before its charge was sent. */
class PlacementVanished extends Error {}

/** The outcome of a charge. `free`: nothing was sent, because the total is 0. */
export type AttemptOutcome = ChargeOutcome | { kind: 'free' };

/** Records the outcomes of charges. */
@Injectable()
export class ChargeOutcomesService {
  private readonly log = new Logger(ChargeOutcomesService.name);

  constructor(
    private readonly transitions: PlacementTransitionsRepository,
    private readonly placements: PlacementsRepository,
    private readonly lateCharges: LateChargesService,
    private readonly placedOrders: PlacedOrderSignals,
    private readonly policy: ChargePolicy,
    private readonly metrics: PlacementMetrics,
  ) {}

  /**
   * Records the outcome as soon as the database allows it, and returns the order. If that fails for good, the log is the only record.
   * @throws PaymentDeclined, PaymentUnavailable, PaymentOutcomeUnknown
   */
  async record(placement: OpenPlacement, outcome: AttemptOutcome): Promise<PlacedOrder> {
    try {
      return await retryWhileDatabaseIsUnavailable(() => this.recordOrRestore(placement, outcome));
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
   * it and writes it again, so that no charge lacks a record. If its client has asked again meanwhile, the charge is that of the newer
   * placement, which has the same provider key. A further failover may have lost that one, too.
   */
  private async recordOrRestore(
    placement: OpenPlacement,
    outcome: AttemptOutcome,
    successor?: OpenPlacement,
  ): Promise<PlacedOrder> {
    try {
      return await (successor
        ? this.applyToSuccessor(placement, outcome, successor)
        : this.apply(placement, outcome));
    } catch (error) {
      if (!(error instanceof PlacementVanished)) throw error;
      const { leaseMs, canResend } = this.policy;
      const found = await this.transitions.restore(placement, leaseMs, canResend);
      if (!found)
        this.log.error('The database lost a placement; it is written again', facts(placement, outcome));
      return this.recordOrRestore(placement, outcome, found);
    }
  }

  /** Only the approval: any other outcome says less than what the successor's own send finds. */
  private applyToSuccessor(
    lost: OpenPlacement,
    outcome: AttemptOutcome,
    successor: OpenPlacement,
  ): Promise<PlacedOrder> {
    const fields = { ...facts(lost, outcome), successor: successor.id };
    this.log.error('The database lost a placement; its charge is that of the next one with its key', fields);
    const isPaid = outcome.kind === 'approved' || outcome.kind === 'free';
    return isPaid ? this.apply(successor, outcome) : this.settledByOther(successor, outcome);
  }

  private async apply(placement: OpenPlacement, outcome: AttemptOutcome): Promise<PlacedOrder> {
    switch (outcome.kind) {
      case 'approved':
      case 'free': {
        const answer = outcome.kind === 'approved' ? outcome.answer : null;
        const placedAt = await this.transitions.settleApproved(placement.id, answer);
        if (!placedAt) return this.settledByOther(placement, outcome);
        this.placedOrders.send(placement.totalCents);
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
        this.metrics.declined();
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
    const retryInMs = this.policy.canResend ? backoffMs(placement.attempt, RESEND_BACKOFF) : null;
    const isMarked = await this.transitions.markUnknown(placement, reason, retryInMs);
    if (!isMarked && !(await this.placements.find(placement.id))) throw new PlacementVanished(placement.id);
    if (isMarked) this.metrics.leftUnknown();
    throw this.policy.outcomeUnknown(placement);
  }

  /** A manager, a retry or the recovery was faster: their outcome stands. */
  private async settledByOther(placement: OpenPlacement, outcome: AttemptOutcome): Promise<PlacedOrder> {
    if (outcome.kind === 'approved') await this.lateCharges.record(placement, outcome.answer);
    const settled = await this.placements.find(placement.id);
    if (!settled) throw new PlacementVanished(placement.id);
    // The stored draft may be deleted by then: nobody else can ask for the response.
    const response = settledResponse(Object.assign(settled, { draft: placement.draft }));
    if (!response) throw this.policy.outcomeUnknown(settled);
    return response;
  }
}

/** What the log must hold of a charge that the database may not hold. */
function facts(placement: OpenPlacement, outcome: AttemptOutcome): object {
  const { orderId: order, customerId: customer, totalCents } = placement;
  return {
    ...requestFields(placement),
    placement: placement.id,
    providerKey: providerKeyOf(placement),
    order,
    customer,
    totalCents,
    outcome: outcome.kind,
  };
}
