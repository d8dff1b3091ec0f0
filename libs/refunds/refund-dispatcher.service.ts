import { Injectable, Logger } from '@nestjs/common';
import { Config } from '#config';
import { retryWhileDatabaseIsUnavailable } from '#database';
import { requestField } from '#logging';
import { OutboxDispatch } from '#outbox';
import { RefundGateway, type RefundOutcome } from '#payments';
import { backoffMs } from '#timing';
import { OPEN_STATES } from './refund-state.js';
import type { Refund } from './refund.entity.js';
import { RefundsRepository } from './refunds.repository.js';

/** The provider's body and the recording of the outcome take time after the provider's timeout. */
const LEASE_MARGIN_MS = 4_000;
const MAX_CONCURRENT_SENDS = 10;
const MAX_ESCALATIONS = 100;
/** Providers forget idempotency keys after about a day, so a refund is sent again only well within it. */
const RESEND_WITHIN_MS = 12 * 3_600_000;
const BACKOFF = { firstMs: 1_000, maxMs: 30_000 };

/**
 * Sends due refunds: claim the refund, ask the provider, record the outcome. It is the only caller of the refund gateway. No connection
 * is held during the provider's call. Runs in the worker, because nobody waits for a refund.
 */
@Injectable()
export class RefundDispatcher {
  private readonly log = new Logger(RefundDispatcher.name);
  private readonly outbox: OutboxDispatch<Refund>;
  private readonly leaseMs: number;
  /** For how long a refund with an unknown outcome is sent again. 0 if the provider could pay it twice. */
  private readonly resendWithinMs: number;

  constructor(
    private readonly refunds: RefundsRepository,
    private readonly gateway: RefundGateway,
    { payment }: Config,
  ) {
    this.leaseMs = payment.timeoutMs + LEASE_MARGIN_MS;
    this.resendWithinMs = payment.idempotency === 'supported' ? RESEND_WITHIN_MS : 0;
    this.outbox = new OutboxDispatch({
      maxConcurrent: MAX_CONCURRENT_SENDS,
      claim: (limit) => this.refunds.claim(limit, this.leaseMs, this.resendWithinMs),
      send: (refund) => this.send(refund),
    });
  }

  /** Starts to send due refunds, and leaves those to the managers that must not be sent again. Calls `onSent` after each send. */
  async dispatchDue(onSent: () => void): Promise<void> {
    const resendWithinMs = this.gateway.isConfigured ? this.resendWithinMs : 0;
    for (const refund of await this.refunds.escalateDue(MAX_ESCALATIONS, resendWithinMs))
      this.log.warn('A refund needs a manager: its outcome is unknown', { refund });
    if (this.gateway.isAvailable()) await this.outbox.dispatchDue(onSent);
  }

  /** Resolves once every started send has ended. */
  drain(): Promise<void> {
    return this.outbox.drain();
  }

  private async send(refund: Refund): Promise<void> {
    const { id: refundId, placementId, amountCents, requestId } = refund;
    const outcome = await this.gateway.refund(
      { refundId, placementId, amountCents, requestId },
      (late) => void this.recordLate(refund, late),
    );
    await this.record(refund, outcome);
  }

  /**
   * Records an outcome that came after the provider's timeout. A late rejection counts only if the refund cannot be sent again, because
   * the next send may be in flight.
   */
  private async recordLate(refund: Refund, outcome: RefundOutcome): Promise<void> {
    const isFinalRejection = outcome.kind === 'rejected' && this.resendWithinMs === 0;
    if (outcome.kind === 'refunded' || isFinalRejection) await this.record(refund, outcome);
  }

  /** Records the outcome as soon as the database allows it. If that fails for good, the log is its only record. Never rejects. */
  private async record(refund: Refund, outcome: RefundOutcome): Promise<void> {
    const { id, orderId: order, placementId: placement, amountCents, attempts, requestId } = refund;
    const sent = { refund: id, order, placement, amountCents, attempts, outcome: outcome.kind };
    const fields = { ...requestField(requestId), ...sent };
    try {
      const state = await retryWhileDatabaseIsUnavailable(async () => {
        await this.apply(refund, outcome);
        return (await this.refunds.find(id))?.state;
      });
      if (state === 'refunded') this.log.log('A refund was made', fields);
      else if (outcome.kind === 'refunded')
        this.log.error('The provider made a refund that is recorded otherwise', { ...fields, state });
      else this.log.warn('A refund was not made', { ...fields, state });
    } catch (error) {
      this.log.error('The outcome of a refund was not recorded', { ...fields, err: error });
    }
  }

  /** Changes nothing if the refund is settled, or if a newer send has it and this one was not paid. */
  private async apply(refund: Refund, outcome: RefundOutcome): Promise<void> {
    const { id, attempts, uncertainSince } = refund;
    if (outcome.kind === 'refunded' || outcome.kind === 'rejected') {
      // Each send has the same key, so that one which was paid settles the refund whatever a newer one is doing.
      const attempt = outcome.kind === 'refunded' ? undefined : attempts;
      await this.refunds.settle(id, outcome.kind, { from: OPEN_STATES, answer: outcome.answer, attempt });
      return;
    }
    // An earlier send may have been paid, although this one was not sent.
    const isUncertain = outcome.kind === 'unknown' || uncertainSince !== null;
    await this.refunds.leaveOpen(refund, isUncertain ? 'unknown' : 'pending', {
      failure: outcome.reason,
      status: outcome.kind === 'unknown' ? outcome.status : null,
      retryInMs: isUncertain && this.resendWithinMs === 0 ? null : backoffMs(attempts, BACKOFF),
    });
  }
}
