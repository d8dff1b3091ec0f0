import { Injectable, Logger } from '@nestjs/common';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { isDatabaseUnavailable } from '#database';
import { PaymentGateway, type ChargeOutcome } from '#payments';
import { Config } from '#config';
import { DomainError } from '#errors';
import { settlesWithin } from '#http-client';
import type { OrderSnapshot } from '#orders';
import { placedOrder } from './placed-order.js';
import {
  PlacementTransitionsRepository,
  type KeyClaim,
  type NewPlacement,
} from './placement-transitions.repository.js';
import type { Placement } from './placement.entity.js';
import {
  PaymentDeclined,
  PaymentOutcomeUnknown,
  PaymentUnavailable,
  PlacementInProgress,
} from './placements.errors.js';

/** Beyond the provider's time-out: for its body and for settling. */
const LEASE_MARGIN_MS = 4_000;
/** Providers forget keys after a day or so; a charge is sent again only well within that. */
const RESEND_WITHIN_MS = 12 * 3_600_000;
const RECOVER_AT_ONCE = 20;
const GIVE_UP_AT_ONCE = 100;
const MANAGER_RETRY_SECONDS = 30;

/** A known outcome is worth waiting a minute for the database; the client waits no longer than a few seconds of it. */
const persistence = retry(handleWhen(isDatabaseUnavailable), {
  maxAttempts: 60,
  backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 1_000 }),
});
const PATIENCE_MS = 5_000;
/** Begin is asked for again once: its commit may have been done though its answer was lost. */
const secondTry = retry(handleWhen(isDatabaseUnavailable), { maxAttempts: 1 });

/** A placed order, and whether it was placed by this request or by an earlier one with the same key. */
export interface PlacedOrder {
  order: OrderSnapshot;
  replayed: boolean;
}

/** What a charge needs, and which send of it this is. */
export type ChargeablePlacement = NewPlacement & Pick<Placement, 'attempt'>;

/** The steps of a placement after its price is known, for the request, the retry and the recovery alike. */
@Injectable()
export class ChargeAttemptsService {
  private readonly log = new Logger(ChargeAttemptsService.name);
  private readonly leaseMs: number;
  private readonly providerHonoursKeys: boolean;

  constructor(
    private readonly steps: PlacementTransitionsRepository,
    private readonly payments: PaymentGateway,
    config: Config,
  ) {
    this.leaseMs = config.payment.timeoutMs + LEASE_MARGIN_MS;
    this.providerHonoursKeys = config.payment.idempotency === 'supported';
  }

  /** Writes the placement ahead of the charge; false where its key belongs to another attempt. */
  begin(placement: NewPlacement, key?: KeyClaim): Promise<boolean> {
    return secondTry.execute(() => this.steps.begin(placement, this.leaseMs, key));
  }

  /** Sends the charge, holding no connection. An answer after the time-out is settled when it comes. */
  charge(placement: ChargeablePlacement): Promise<ChargeOutcome> {
    return this.payments.charge(
      { placementId: placement.id, amountCents: placement.totalCents },
      (late) => void this.settleLate(placement, late),
    );
  }

  /**
   * Records what came of a charge, as long as that takes, and answers with it.
   * @throws PaymentDeclined, PaymentUnavailable, PaymentOutcomeUnknown
   */
  async settle(placement: ChargeablePlacement, outcome: ChargeOutcome): Promise<PlacedOrder> {
    const settling = persistence.execute(() => this.record(placement, outcome));
    if (await settlesWithin(PATIENCE_MS, settling)) return settling;
    throw this.outcomeUnknown(placement.id);
  }

  /**
   * Answers as an attempt ended. One that stopped midway is taken up where the provider honours keys, and else left to the managers.
   * @throws PaymentDeclined, PaymentUnavailable, PaymentOutcomeUnknown, PlacementInProgress
   */
  async conclude(placement: Placement): Promise<PlacedOrder> {
    if (placement.state === 'placed' && placement.settledAt) {
      return { order: placedOrder(placement, placement.settledAt), replayed: true };
    }
    if (placement.state === 'unsent') throw new PaymentUnavailable();
    if (placement.state !== 'charging' && placement.state !== 'unknown')
      throw new PaymentDeclined(placement, true);
    if (!this.providerHonoursKeys) throw this.outcomeUnknown(placement.id);
    const taken = await this.steps.takeOver(placement.id, this.leaseMs);
    if (!taken) throw new PlacementInProgress();
    return this.settle(taken, await this.charge(taken));
  }

  /** Goes on with attempts whose runner is gone: sends again where that is safe, lists the others for the managers. */
  async recover(): Promise<void> {
    const resendWithinMs = this.providerHonoursKeys ? RESEND_WITHIN_MS : 0;
    for (const id of await this.steps.giveUpLapsed(GIVE_UP_AT_ONCE, resendWithinMs)) {
      this.log.warn('A placement waits for a manager: nobody knows whether it was charged', {
        placement: id,
      });
    }
    if (!this.providerHonoursKeys) return;
    const lapsed = await this.steps.claimLapsed(RECOVER_AT_ONCE, this.leaseMs, resendWithinMs);
    await Promise.all(lapsed.map((placement) => this.recoverOne(placement)));
  }

  private async recoverOne(placement: Placement): Promise<void> {
    const facts = { placement: placement.id, attempt: placement.attempt };
    try {
      const { order } = await this.settle(placement, await this.charge(placement));
      this.log.log('An interrupted placement became an order', { ...facts, order: order.id });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.log.warn('An interrupted placement was tried again', { ...facts, outcome: error.code });
    }
  }

  /**
   * An answer after the time-out still counts: the order appears, or the customer is told of the decline. Where the provider honours
   * keys, a decline is left to the next send, which may be under way.
   */
  private async settleLate(placement: ChargeablePlacement, outcome: ChargeOutcome): Promise<void> {
    const isDecline = outcome.kind === 'declined' && outcome.confirmed && !this.providerHonoursKeys;
    if (outcome.kind !== 'approved' && !isDecline) return;
    this.log.warn('The payment provider answered late', { placement: placement.id, outcome: outcome.kind });
    try {
      await persistence.execute(() => this.record(placement, outcome));
    } catch (error) {
      if (!(error instanceof DomainError)) this.log.error(error, { placement: placement.id });
    }
  }

  private async record(placement: ChargeablePlacement, outcome: ChargeOutcome): Promise<PlacedOrder> {
    switch (outcome.kind) {
      case 'approved': {
        const settledAt = await this.steps.settleApproved(placement.id, outcome.answer);
        if (!settledAt) return this.settledElsewhere(placement, outcome);
        const placed = { ...placement, responseStatusCode: outcome.answer.status };
        return { order: placedOrder(placed, settledAt), replayed: false };
      }
      case 'declined': {
        if (!outcome.confirmed && placement.attempt > 1)
          return this.leaveUnknown(placement, `answered ${outcome.answer.status}`);
        const state = outcome.confirmed ? 'declined' : 'declined_unconfirmed';
        if (!(await this.steps.settleDeclined(placement.id, outcome.answer, state)))
          return this.settledElsewhere(placement, outcome);
        const { status: responseStatusCode, body: responsePayload } = outcome.answer;
        throw new PaymentDeclined({ ...placement, responseStatusCode, responsePayload }, false);
      }
      case 'unsent':
        if (placement.attempt > 1) return this.leaveUnknown(placement, outcome.reason);
        await this.steps.settleUnsent(placement.id, outcome.reason);
        throw new PaymentUnavailable();
      case 'unknown':
        return this.leaveUnknown(placement, outcome.reason);
    }
  }

  /** An earlier send of the same attempt may have been charged, so that not even a refusal of this one tells. */
  private async leaveUnknown(placement: ChargeablePlacement, reason: string): Promise<never> {
    await this.steps.settleUnknown(
      placement,
      reason,
      this.providerHonoursKeys ? resendDelayMs(placement.attempt) : null,
    );
    throw this.outcomeUnknown(placement.id);
  }

  /** A manager, a retry or the recovery was faster; their answer stands. */
  private async settledElsewhere({ id }: ChargeablePlacement, outcome: ChargeOutcome): Promise<PlacedOrder> {
    if (outcome.kind === 'approved') await this.steps.recordLateCharge(id, outcome.answer);
    const settled = await this.steps.find(id);
    if (!settled) throw new Error(`Placement ${id} vanished`);
    return this.conclude(settled);
  }

  private outcomeUnknown(placementId: string): PaymentOutcomeUnknown {
    return new PaymentOutcomeUnknown(placementId, this.providerHonoursKeys ? 1 : MANAGER_RETRY_SECONDS);
  }
}

/** Doubles from two seconds to a minute: a provider that was away is not greeted by everything at once. */
function resendDelayMs(attempt: number): number {
  return Math.min(60_000, 1_000 * 2 ** attempt);
}
