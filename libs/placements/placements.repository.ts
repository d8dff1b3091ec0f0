import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Failpoint } from '#config';
import { newId, pageClauses, type PageRequest, type Reader, type Tx } from '#database';
import { PlacementResolution } from './placement-resolution.entity.js';
import type { PlacementState } from './placement-state.js';
import { SELECT_PLACEMENT } from './placement-transitions.sql.js';
import { Placement } from './placement.entity.js';

export interface PlacementFilter {
  state?: PlacementState;
  orderId?: string;
}

/** Placements and their resolutions, as people see them. */
@Injectable()
export class PlacementsRepository {
  constructor(@InjectRepository(Placement) private readonly placements: Repository<Placement>) {}

  lockForUpdate(id: string, tx: Tx): Promise<Placement | null> {
    return tx.findOne(Placement, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  find(id: string): Promise<Placement | null> {
    return this.placements.findOneBy({ id });
  }

  /** Returns the state of a customer's attempt to place this order, or undefined if there is none. */
  async stateOfOrder(orderId: string, customerId: string): Promise<PlacementState | undefined> {
    const placement = await this.placements.findOne({
      where: { orderId, customerId },
      select: { state: true },
    });
    return placement?.state;
  }

  /** Returns a page of placements, newest first. */
  list(page: PageRequest, { state, orderId }: PlacementFilter, reader: Reader): Promise<Placement[]> {
    const { clauses, parameters } = pageClauses('p', page, [
      ['p.state = ?', state],
      ['p.order_id = ?', orderId],
    ]);
    return reader.query<Placement[]>(`${SELECT_PLACEMENT} ${clauses}`, parameters);
  }

  /** Returns all resolutions of these placements, in order. */
  resolutions(
    placementIds: string[],
    reader: Reader = this.placements.manager,
  ): Promise<PlacementResolution[]> {
    return reader
      .createQueryBuilder(PlacementResolution, 'r')
      .where('r.placement_id = ANY(:ids)', { ids: placementIds })
      .orderBy('r.resolved_at')
      .addOrderBy('r.id')
      .getMany();
  }

  /** Returns the last resolution of a placement that `lockForUpdate` returned. */
  latestResolution(placementId: string, tx: Tx): Promise<PlacementResolution | null> {
    return tx.findOne(PlacementResolution, {
      where: { placementId },
      order: { resolvedAt: 'DESC', id: 'DESC' },
    });
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
