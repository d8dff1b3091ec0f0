import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Failpoint } from '#config';
import { newId, pageClauses, type PageRequest, type Tx } from '#database';
import { PlacementResolution } from './placement-resolution.entity.js';
import type { PlacementState } from './placement-state.js';
import { SELECT_PLACEMENT } from './placement-transitions.sql.js';
import { Placement } from './placement.entity.js';

/** Placements and their resolutions, as managers see them. */
@Injectable()
export class PlacementsRepository {
  constructor(@InjectRepository(Placement) private readonly placements: Repository<Placement>) {}

  lockForUpdate(id: string, tx: Tx): Promise<Placement | null> {
    return tx.findOne(Placement, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  find(id: string, tx: Tx): Promise<Placement> {
    return tx.findOneByOrFail(Placement, { id });
  }

  /** Returns a page of placements, newest first. */
  list(page: PageRequest, state?: PlacementState): Promise<Placement[]> {
    const { clauses, parameters } = pageClauses('p', page, [['p.state = ?', state]]);
    return this.placements.query<Placement[]>(`${SELECT_PLACEMENT} ${clauses}`, parameters);
  }

  /** Returns all resolutions of these placements, in order. */
  resolutions(placementIds: string[]): Promise<PlacementResolution[]> {
    return this.placements.manager
      .createQueryBuilder(PlacementResolution, 'r')
      .where('r.placement_id = ANY(:ids)', { ids: placementIds })
      .orderBy('r.resolved_at')
      .addOrderBy('r.id')
      .getMany();
  }

  /** Changes the state of a placement that `lockForUpdate` returned. */
  async changeState(id: string, state: PlacementState, tx: Tx): Promise<void> {
    await tx.update(Placement, { id }, { state, leaseExpiresAt: null, settledAt: () => 'now()' });
  }

  /** Stores a resolution under the lock of its placement. `now()` would be the time before the wait for the lock. */
  @Failpoint('placement.resolve')
  async addResolution(resolution: Omit<PlacementResolution, 'id' | 'resolvedAt'>, tx: Tx): Promise<void> {
    const resolvedAt = (): string => 'clock_timestamp()';
    await tx.insert(PlacementResolution, { id: newId(), ...resolution, resolvedAt });
  }
}
