import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Transactions, type PageRequest } from '#database';
import { RefundGateway } from '#payments';
import type { Actor } from '#users';
import { OrderChanges } from './order-changes.js';
import type { RefundResolution } from './refund-resolution.entity.js';
import { RefundResolutionsRepository } from './refund-resolutions.repository.js';
import {
  resolvableStates,
  RESOLVED_STATES,
  type RefundResolutionOutcome,
  type RefundState,
} from './refund-state.js';
import type { Refund } from './refund.entity.js';
import { RefundNotFound, RefundNotResolvable } from './refunds.errors.js';
import { RefundsRepository } from './refunds.repository.js';

/** What a manager found at the provider. */
export interface Resolution {
  outcome: RefundResolutionOutcome;
  note: string;
  resolvedBy: Actor;
}

export interface ResolvedRefund {
  refund: Refund;
  resolutions: RefundResolution[];
}

/** Lets managers list refunds and resolve those whose outcome only the provider's records show. */
@Injectable()
export class RefundResolutionsService {
  constructor(
    private readonly refunds: RefundsRepository,
    private readonly resolutions: RefundResolutionsRepository,
    private readonly gateway: RefundGateway,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly changes: OrderChanges,
  ) {}

  /** Returns a page of refunds with their resolutions, newest first. */
  async list(page: PageRequest, state?: RefundState): Promise<ResolvedRefund[]> {
    const [refunds, resolutions] = await this.transactions.readList(async (reader) => {
      const listed = await this.refunds.list(page, state, reader);
      const ids = listed.map(({ id }) => id);
      return [listed, await this.resolutions.of(ids, reader)] as const;
    });
    return refunds.map((refund) => ({
      refund,
      resolutions: resolutions.filter(({ refundId }) => refundId === refund.id),
    }));
  }

  /**
   * Settles a refund by a manager's finding: one whose outcome is unknown, or one that is pending because there is no address of the
   * provider. A second resolution of the same outcome only adds its note.
   * @throws RefundNotFound, RefundNotResolvable
   */
  async resolve(id: string, { outcome, note, resolvedBy: actor }: Resolution): Promise<ResolvedRefund> {
    const from = resolvableStates(this.gateway.isConfigured);
    const state = RESOLVED_STATES[outcome];
    await this.transactions.run(async (tx) => {
      const former = await this.refunds.settle(id, state, { from, answer: null }, tx);
      if (!former && !(await this.resolutions.isResolvedAs(id, outcome, tx))) {
        const refund = await this.refunds.find(id, tx);
        throw refund ? new RefundNotResolvable(refund.state, outcome) : new RefundNotFound();
      }
      await this.resolutions.add({ refundId: id, outcome, note, resolvedBy: actor.id }, tx);
      const change = { before: { state: former ?? state }, after: { state, outcome }, reason: note };
      const subject = { type: 'refund', id } as const;
      await this.audit.record({ actor, action: 'refund.resolve', subject, ...change }, tx);
    });
    this.changes.signal();
    return this.get(id);
  }

  /** @throws RefundNotFound */
  private async get(id: string): Promise<ResolvedRefund> {
    const refund = await this.refunds.find(id);
    if (!refund) throw new RefundNotFound();
    return { refund, resolutions: await this.resolutions.of([id]) };
  }
}
