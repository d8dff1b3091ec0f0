import { Injectable } from '@nestjs/common';
import { Transactions } from '#database';
import type { ProviderAnswer } from '#payments';
import { RefundsService } from '#refunds';
import type { RequestContext } from '#tracing';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';
import type { Placement } from './placement.entity.js';

/** Gives charges back that were approved after their client got a decline. */
@Injectable()
export class LateChargesService {
  constructor(
    private readonly transitions: PlacementTransitionsRepository,
    private readonly refunds: RefundsService,
    private readonly transactions: Transactions,
  ) {}

  /** Records the charge and its refund. Does nothing unless the placement was declined. */
  async record(
    { id, requestId, traceparent }: Pick<Placement, 'id' | keyof RequestContext>,
    answer: ProviderAnswer,
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.transitions.recordLateCharge(id, answer, tx))) return;
      const refund = { reason: 'other', note: null, requestedBy: null, requestId, traceparent } as const;
      await this.refunds.requestDue(id, refund, tx);
    });
    this.refunds.wakeWorker();
  }
}
