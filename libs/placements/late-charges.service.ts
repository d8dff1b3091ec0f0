import { Injectable } from '@nestjs/common';
import { Transactions } from '#database';
import type { ProviderAnswer } from '#payments';
import { RefundsService } from '#refunds';
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
    { id, requestId }: Pick<Placement, 'id' | 'requestId'>,
    answer: ProviderAnswer,
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.transitions.recordLateCharge(id, answer, tx))) return;
      await this.refunds.requestDue(id, { reason: 'other', note: null, requestedBy: null, requestId }, tx);
    });
    this.refunds.wakeWorker();
  }
}
