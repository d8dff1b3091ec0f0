import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Failpoint } from '#config';
import {
  isUniqueViolation,
  newId,
  pageClauses,
  PreparedStatements,
  type PageRequest,
  type PreparedStatement,
  type Reader,
  type Tx,
} from '#database';
import type { ProviderAnswer } from '#payments';
import type { RequestContext } from '#tracing';
import type { AuthenticatedUser } from '#users';
import type { RefundReason } from './refund-reason.js';
import type { RefundState } from './refund-state.js';
import { Refund, type ClaimedRefund } from './refund.entity.js';
import * as SQL from './refunds.sql.js';

/** A refund to be written. */
export interface NewRefund extends RequestContext {
  /** In cents; all that is left if null. */
  amountCents: number | null;
  reason: RefundReason;
  note: string | null;
  /** Null if a late charge makes the refund due. */
  requestedBy: AuthenticatedUser | null;
  key?: KeyClaim;
}

/** A claim of an Idempotency-Key by the user who requests the refund. */
export interface KeyClaim {
  hash: Buffer;
  fingerprint: Buffer;
}

/** The cents that could be refunded, and the refund if it was written. Undefined if the charge does not exist. */
export type RequestResult = { refundableCents: number; refund: Refund | undefined } | undefined;

/** The refund's columns are null if it was not written. */
type RequestRow = { refundableCents: number } & (Refund | { [Column in keyof Refund]: null });

/** The table of refunds, and the reserved cents of their charges. */
@Injectable()
export class RefundsRepository {
  constructor(
    @InjectRepository(Refund) private readonly refunds: Repository<Refund>,
    private readonly statements: PreparedStatements,
  ) {}

  /** Writes a refund of an order's charge if enough of it is left. A key that is not free ends the transaction, which writes nothing. */
  @Failpoint('refund.request')
  async requestForOrder(orderId: string, refund: NewRefund, tx: Tx): Promise<RequestResult> {
    try {
      return await this.request(SQL.REQUEST_FOR_ORDER, orderId, refund, tx);
    } catch (error) {
      if (!isUniqueViolation(error, 'refunds_requested_by_key_hash_key')) throw error;
      return { refundableCents: 0, refund: undefined };
    }
  }

  /** Writes a refund of a charge that became no order. */
  @Failpoint('refund.request')
  requestForPlacement(placementId: string, refund: NewRefund, tx: Tx): Promise<RequestResult> {
    return this.request(SQL.REQUEST_FOR_PLACEMENT, placementId, refund, tx);
  }

  async findByKey(requestedBy: string, keyHash: Buffer): Promise<Refund | undefined> {
    const sql = `${SQL.SELECT_REFUND} WHERE r.requested_by = $1 AND r.key_hash = $2`;
    const [refund] = await this.refunds.query<Refund[]>(sql, [requestedBy, keyHash]);
    return refund;
  }

  async find(id: string, tx?: Tx): Promise<Refund | undefined> {
    const [refund] = await (tx ?? this.refunds).query<Refund[]>(`${SQL.SELECT_REFUND} WHERE r.id = $1`, [id]);
    return refund;
  }

  /** Returns all refunds of an order, oldest first. */
  ofOrder(orderId: string): Promise<Refund[]> {
    const sql = `${SQL.SELECT_REFUND} WHERE r.order_id = $1 ORDER BY r.created_at, r.id`;
    return this.refunds.query<Refund[]>(sql, [orderId]);
  }

  /** Returns a page of refunds, newest first. */
  list(page: PageRequest, state: RefundState | undefined, reader: Reader): Promise<Refund[]> {
    const { clauses, parameters } = pageClauses('r', page, [['r.state = ?', state]]);
    return reader.query<Refund[]>(`${SQL.SELECT_REFUND} ${clauses}`, parameters);
  }

  /** Claims up to `limit` due refunds for `leaseMs`. One that may have been sent before is only sent again within `resendWithinMs`. */
  @Failpoint('refund.claim')
  claim(limit: number, leaseMs: number, resendWithinMs: number): Promise<ClaimedRefund[]> {
    return this.refunds.query<ClaimedRefund[]>(SQL.CLAIM, [limit, leaseMs, resendWithinMs]);
  }

  /** Makes up to `limit` due refunds unknown that `claim` leaves out, so that managers decide. Returns their ids. */
  async escalateDue(limit: number, resendWithinMs: number): Promise<string[]> {
    const [escalated] = await this.refunds.query<[{ id: string }[], number]>(SQL.ESCALATE_DUE, [
      limit,
      resendWithinMs,
    ]);
    return escalated.map(({ id }) => id);
  }

  /**
   * Settles a refund that is in one of the states `from`, and returns that state. Returns undefined if it is in another one, or if
   * `attempt` is given and a newer send has begun. `answer` is null if a manager settles it.
   */
  @Failpoint('refund.settle')
  async settle(
    id: string,
    to: 'refunded' | 'rejected',
    {
      from,
      answer,
      attempt,
    }: { from: readonly RefundState[]; answer: ProviderAnswer | null; attempt?: number },
    tx?: Tx,
  ): Promise<RefundState | undefined> {
    const [status, body] = answer ? [answer.status, JSON.stringify(answer.body)] : [null, null];
    const values = [id, to, from, status, body, attempt ?? null];
    const [former] = await (tx ?? this.refunds).query<{ state: RefundState }[]>(SQL.SETTLE, values);
    return former?.state;
  }

  /** Ends a send that settled nothing. Does nothing if the refund is settled or a newer send has it. */
  @Failpoint('refund.settle')
  async leaveOpen(
    { id, attempts }: Pick<Refund, 'id' | 'attempts'>,
    state: 'pending' | 'unknown',
    result: { failure: string; status: number | null; retryInMs: number | null },
  ): Promise<void> {
    const values = [id, attempts, state, result.failure, result.status, result.retryInMs];
    await this.refunds.query(SQL.LEAVE_OPEN, values);
  }

  /** Rejects the refunds of a charge that are not being sent, under the lock of the charge. Returns whether none is being sent. */
  async withdraw(placementId: string, tx: Tx): Promise<boolean> {
    const sending = await tx.query<unknown[]>(SQL.WITHDRAW, [placementId]);
    return sending.length === 0;
  }

  private async request(
    statement: PreparedStatement,
    target: string,
    { amountCents, reason, note, requestedBy, requestId, traceparent, key }: NewRefund,
    tx: Tx,
  ): Promise<RequestResult> {
    const by = [requestedBy?.id ?? null, requestedBy?.role ?? null, requestId, traceparent];
    const values = [
      newId(),
      target,
      amountCents,
      reason,
      note,
      ...by,
      key?.hash ?? null,
      key?.fingerprint ?? null,
    ];
    const [row] = await this.statements.query<RequestRow>(statement, values, tx);
    if (!row) return undefined;
    const { refundableCents, ...refund } = row;
    return { refundableCents, refund: refund.id === null ? undefined : refund };
  }
}
