import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CoalescedSignal, PgPubSub, Transactions, type Tx } from '#database';
import { fingerprint, IdempotencyKeyReused, type IdempotencyKey } from '#idempotency';
import type { Actor } from '#users';
import { auditedRefund } from './audited-refund.js';
import type { RefundReason } from './refund-reason.js';
import type { Refund } from './refund.entity.js';
import { RefundExceedsPayment } from './refunds.errors.js';
import {
  RefundsRepository,
  type KeyClaim,
  type NewRefund,
  type RequestResult,
} from './refunds.repository.js';

/** The channel on which the worker learns that a refund is due. */
export const REFUND_DUE = 'refund_due';

/** What a manager asks for. */
export interface RefundRequest {
  amountCents: number;
  reason: RefundReason;
  note: string | null;
  requestedBy: Actor;
}

/** A refund, and whether an earlier request with the same key asked for it. */
export interface RequestedRefund {
  refund: Refund;
  replayed: boolean;
}

/** Records refunds. `RefundDispatcher` sends them. */
@Injectable()
export class RefundsService {
  private readonly log = new Logger(RefundsService.name);
  private readonly signal: CoalescedSignal;

  constructor(
    private readonly refunds: RefundsRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    pubSub: PgPubSub,
  ) {
    this.signal = new CoalescedSignal(pubSub, REFUND_DUE);
  }

  /**
   * Records a refund of an order's payment, or returns the refund of the first request with the same key.
   * @throws IdempotencyKeyReused, RefundExceedsPayment
   */
  async request(orderId: string, request: RefundRequest, key?: IdempotencyKey): Promise<RequestedRefund> {
    const claim = key && this.claim(orderId, request, key);
    const earlier = await this.replay(request, claim);
    if (earlier) return earlier;
    const result = await this.transactions.run((tx) => this.record(orderId, request, claim, tx));
    if (result?.refund) {
      this.wakeWorker();
      return { refund: result.refund, replayed: false };
    }
    // A concurrent request with the same key may have been faster.
    const concurrent = await this.replay(request, claim);
    if (concurrent) return concurrent;
    throw new RefundExceedsPayment(result?.refundableCents ?? 0);
  }

  /** Records a refund of all that is left of an order's payment, in the transaction of its cancellation. */
  async requestRest(orderId: string, refund: Omit<NewRefund, 'amountCents'>, tx: Tx): Promise<void> {
    const result = await this.refunds.requestForOrder(orderId, { ...refund, amountCents: null }, tx);
    // Only a database that lost the charge, as a restored backup may have.
    if (!result) this.log.error('A cancelled order has no charge to refund', { order: orderId });
  }

  /** Records a refund of all that is left of a charge that became no order, in the transaction that makes it due. */
  async requestDue(placementId: string, refund: Omit<NewRefund, 'amountCents'>, tx: Tx): Promise<void> {
    await this.refunds.requestForPlacement(placementId, { ...refund, amountCents: null }, tx);
  }

  /** Rejects the refunds of a charge that are not being sent, under the lock of the charge. Returns whether none is being sent. */
  withdraw(placementId: string, tx: Tx): Promise<boolean> {
    return this.refunds.withdraw(placementId, tx);
  }

  /** Wakes the worker after a commit. If the message is lost, the worker's poll finds the rows. */
  wakeWorker(): void {
    this.signal.send();
  }

  /** Returns all refunds of an order, oldest first. */
  ofOrder(orderId: string): Promise<Refund[]> {
    return this.refunds.ofOrder(orderId);
  }

  /** Returns a refund of an order, or undefined if it does not exist or belongs to another order. */
  async find(id: string, orderId: string): Promise<Refund | undefined> {
    const refund = await this.refunds.find(id);
    return refund?.orderId === orderId ? refund : undefined;
  }

  /** Writes the refund and its audit entry, or neither. */
  private async record(
    orderId: string,
    request: RefundRequest,
    key: KeyClaim | undefined,
    tx: Tx,
  ): Promise<RequestResult> {
    const { requestedBy: actor } = request;
    const { requestId, traceparent } = actor;
    const refund = { ...request, requestId, traceparent, key };
    const result = await this.refunds.requestForOrder(orderId, refund, tx);
    if (result?.refund) await this.audit.record(auditedRefund(result.refund, actor), tx);
    return result;
  }

  private claim(
    orderId: string,
    { amountCents, reason, note }: RefundRequest,
    { hash }: IdempotencyKey,
  ): KeyClaim {
    return { hash, fingerprint: fingerprint({ orderId, amountCents, reason, note }) };
  }

  /** Returns the refund of an earlier request with the key. Returns undefined without a key, or if it is free. */
  private async replay(
    { requestedBy }: RefundRequest,
    claim?: KeyClaim,
  ): Promise<RequestedRefund | undefined> {
    const earlier = claim && (await this.refunds.findByKey(requestedBy.id, claim.hash));
    if (!earlier) return undefined;
    if (!earlier.fingerprint?.equals(claim.fingerprint)) throw new IdempotencyKeyReused();
    return { refund: earlier, replayed: true };
  }
}
