import { Injectable, Logger } from '@nestjs/common';
import { Config } from '#config';
import { retryWhileDatabaseIsUnavailable } from '#database';
import { requestFields } from '#logging';
import { OutboxDispatch } from '#outbox';
import { RefundGateway, resendPolicy, type RefundOutcome } from '#payments';
import { backoffMs } from '#timing';
import { inSpan } from '#tracing';
import { OrderChanges } from './order-changes.js';
import { OPEN_STATES } from './refund-state.js';
import type { ClaimedRefund, Refund } from './refund.entity.js';
import { RefundsRepository } from './refunds.repository.js';

const MAX_CONCURRENT_SENDS = 10;
const MAX_ESCALATIONS = 100;
const NEEDS_MANAGER = 'A refund needs a manager: its outcome is unknown';
const SEND_SPAN = { name: 'send refund', kind: 'consumer' } as const;
const BACKOFF = { firstMs: 1_000, maxMs: 30_000 };

/**
 * Sends due refunds: claim the refund, ask the provider, record the outcome. It is the only caller of the refund gateway. No connection
 * is held during the provider's call. Runs in the worker, because nobody waits for a refund.
 */
@Injectable()
export class RefundDispatcher {
  private readonly log = new Logger(RefundDispatcher.name);
  private readonly outbox: OutboxDispatch<ClaimedRefund>;
  private isWarned = false;
  /** For how long a refund with an unknown outcome is sent again. 0 if the provider could pay it twice. */
  private readonly resendWithinMs: number;

  constructor(
    private readonly refunds: RefundsRepository,
    private readonly gateway: RefundGateway,
    private readonly changes: OrderChanges,
    { payment }: Config,
  ) {
    const { leaseMs, resendWithinMs } = resendPolicy(payment);
    this.resendWithinMs = resendWithinMs;
    this.outbox = new OutboxDispatch({
      maxConcurrent: MAX_CONCURRENT_SENDS,
      claim: (limit) => this.refunds.claim(limit, leaseMs, resendWithinMs),
      send: (refund) => inSpan(SEND_SPAN, refund.traceparent, () => this.send(refund)),
    });
  }

  /** Starts to send due refunds, and leaves those to the managers that must not be sent again. Calls `onSent` after each send. */
  async dispatchDue(onSent: () => void): Promise<void> {
    this.warnWithoutProvider();
    const resendWithinMs = this.gateway.isConfigured ? this.resendWithinMs : 0;
    for (const refund of await this.refunds.escalateDue(MAX_ESCALATIONS, resendWithinMs))
      this.log.warn(NEEDS_MANAGER, { refund });
    if (this.gateway.isAvailable()) await this.outbox.dispatchDue(onSent);
  }

  /** Resolves once every started send has ended. */
  drain(): Promise<void> {
    return this.outbox.drain();
  }

  /** Once. */
  private warnWithoutProvider(): void {
    if (this.gateway.isConfigured || this.isWarned) return;
    this.isWarned = true;
    this.log.warn('PAYMENT_REFUND_URL is not set: refunds wait until a manager has made them');
  }

  private async send(refund: ClaimedRefund): Promise<void> {
    const { id: refundId, chargeKey, placementId, amountCents } = refund;
    const outcome = await this.gateway.refund(
      { refundId, chargeKey, placementId, amountCents, context: refund },
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
    const { id, orderId: order, placementId: placement, amountCents, attempts } = refund;
    const sent = { refund: id, order, placement, amountCents, attempts, outcome: outcome.kind };
    const fields = { ...requestFields(refund), ...sent };
    try {
      const recorded = await retryWhileDatabaseIsUnavailable(async () => {
        await this.apply(refund, outcome);
        return this.refunds.find(id);
      });
      this.logRecord(recorded, outcome, fields);
    } catch (error) {
      this.log.error('The outcome of a refund was not recorded', { ...fields, err: error });
    }
  }

  private logRecord(recorded: Refund | undefined, outcome: RefundOutcome, sent: object): void {
    const fields = { ...sent, state: recorded?.state };
    if (recorded?.state === 'refunded') this.log.log('A refund was made', fields);
    else if (outcome.kind === 'refunded')
      this.log.error('The provider made a refund that is recorded otherwise', fields);
    else if (recorded?.state === 'rejected') this.log.warn('A refund was rejected', fields);
    else if (recorded?.dueAt) this.log.warn('A refund is sent again later', fields);
    else this.log.warn(NEEDS_MANAGER, fields);
  }

  /** Changes nothing if the refund is settled, or if a newer send has it and this one was not paid. */
  private async apply(refund: Refund, outcome: RefundOutcome): Promise<void> {
    const { id, attempts, uncertainSince } = refund;
    // Each send has the same key, so that one which was paid settles the refund whatever a newer one is doing.
    if (outcome.kind === 'refunded') {
      await this.refunds.settle(id, 'refunded', { from: OPEN_STATES, answer: outcome.answer });
      this.changes.signal();
      return;
    }
    if (outcome.kind === 'rejected' && (outcome.confirmed || !uncertainSince)) {
      const rejection = { from: OPEN_STATES, answer: outcome.answer, attempt: attempts };
      await this.refunds.settle(id, 'rejected', rejection);
      return;
    }
    // An earlier send may have been paid, although this one was not.
    const isUncertain = outcome.kind === 'unknown' || uncertainSince !== null;
    await this.refunds.leaveOpen(refund, isUncertain ? 'unknown' : 'pending', {
      ...failureOf(outcome),
      retryInMs: isUncertain && this.resendWithinMs === 0 ? null : backoffMs(attempts, BACKOFF),
    });
  }
}

/** Returns why a send settled nothing, and the status code if there was an answer. */
function failureOf(outcome: Exclude<RefundOutcome, { kind: 'refunded' }>): {
  failure: string;
  status: number | null;
} {
  switch (outcome.kind) {
    case 'rejected':
      return { failure: `answered ${outcome.answer.status}`, status: outcome.answer.status };
    case 'unsent':
      return { failure: outcome.reason, status: null };
    case 'unknown':
      return { failure: outcome.reason, status: outcome.status };
  }
}
