import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Tx } from '#database';
import { Failpoint } from '#config';
import { newId, type PageRequest } from '#database';
import { PlacementResolution } from './placement-resolution.entity.js';
import { Placement, type PlacementState } from './placement.entity.js';

/** Placements as managers see them; the steps of placing are in `placement-steps.repository.ts`. */
@Injectable()
export class PlacementsRepository {
  constructor(@InjectRepository(Placement) private readonly placements: Repository<Placement>) {}

  lockForUpdate(id: string, tx: Tx): Promise<Placement | null> {
    return tx.findOne(Placement, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  find(id: string, tx: Tx): Promise<Placement> {
    return tx.findOneByOrFail(Placement, { id });
  }

  /** Newest first. */
  page({ limit, after }: PageRequest, state?: PlacementState): Promise<Placement[]> {
    const query = this.placements
      .createQueryBuilder('p')
      .orderBy('p.createdAt', 'DESC')
      .addOrderBy('p.id', 'DESC')
      .limit(limit);
    if (state) query.andWhere('p.state = :state', { state });
    // Said again in words that the index of those few is made for; the many are found by their time.
    if (state && state !== 'placed') query.andWhere("p.state <> 'placed'");
    if (after) query.andWhere('(p.created_at, p.id) < (:createdAt, :id)', after);
    return query.getMany();
  }

  resolutions(placementIds: string[]): Promise<PlacementResolution[]> {
    return this.placements.manager
      .createQueryBuilder(PlacementResolution, 'r')
      .where('r.placement_id = ANY(:ids)', { ids: placementIds })
      .orderBy('r.resolved_at')
      .getMany();
  }

  async changeState(id: string, state: PlacementState, tx: Tx): Promise<void> {
    await tx.update(Placement, { id }, { state, leaseExpiresAt: null, settledAt: () => 'now()' });
  }

  @Failpoint('placement.resolve')
  async addResolution(resolution: Omit<PlacementResolution, 'id' | 'resolvedAt'>, tx: Tx): Promise<void> {
    await tx.insert(PlacementResolution, { id: newId(), ...resolution });
  }
}
