import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Failpoint } from '#config';
import { newId, type Reader, type Tx } from '#database';
import { RefundResolution } from './refund-resolution.entity.js';
import type { RefundResolutionOutcome } from './refund-state.js';

/** The table of the managers' decisions about refunds. */
@Injectable()
export class RefundResolutionsRepository {
  constructor(
    @InjectRepository(RefundResolution) private readonly resolutions: Repository<RefundResolution>,
  ) {}

  /** Returns all resolutions of these refunds, in order. */
  of(refundIds: string[], reader: Reader = this.resolutions.manager): Promise<RefundResolution[]> {
    return reader
      .createQueryBuilder(RefundResolution, 'r')
      .where('r.refund_id = ANY(:ids)', { ids: refundIds })
      .orderBy('r.resolved_at')
      .addOrderBy('r.id')
      .getMany();
  }

  /** Returns whether a manager has resolved the refund so. */
  isResolvedAs(refundId: string, outcome: RefundResolutionOutcome, tx: Tx): Promise<boolean> {
    return tx.existsBy(RefundResolution, { refundId, outcome });
  }

  /** Stores a resolution. `now()` would be the time before the wait for the lock. */
  @Failpoint('refund.resolve')
  async add(resolution: Omit<RefundResolution, 'id' | 'resolvedAt'>, tx: Tx): Promise<void> {
    const resolvedAt = (): string => 'clock_timestamp()';
    await tx.insert(RefundResolution, { id: newId(), ...resolution, resolvedAt });
  }
}
