import { Injectable } from '@nestjs/common';
import type { AuthenticatedUser } from '#auth';
import { Transactions, type PageRequest, type Tx } from '#database';
import { NotificationsService } from '#notifications';
import type { PlacementResolution } from './placement-resolution.entity.js';
import {
  isResolvedAs,
  resolvedState,
  type PlacementState,
  type ResolutionOutcome,
} from './placement-state.js';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';
import type { Placement } from './placement.entity.js';
import { PlacementNotFound, PlacementNotResolvable } from './placements.errors.js';
import { RefundsService } from '#refunds';
import { PlacementsRepository, type PlacementFilter } from './placements.repository.js';

/** What a manager found at the provider. */
export interface Resolution {
  outcome: ResolutionOutcome;
  note: string;
  resolvedBy: AuthenticatedUser;
}

export interface ResolvedPlacement {
  placement: Placement;
  resolutions: PlacementResolution[];
}

/** Lets managers list placements and resolve those whose outcome only the provider's records show. */
@Injectable()
export class ResolutionsService {
  constructor(
    private readonly placements: PlacementsRepository,
    private readonly transitions: PlacementTransitionsRepository,
    private readonly refunds: RefundsService,
    private readonly notifications: NotificationsService,
    private readonly transactions: Transactions,
  ) {}

  /** Returns a page of placements with their resolutions, newest first. */
  async list(page: PageRequest, filter: PlacementFilter): Promise<ResolvedPlacement[]> {
    const placements = await this.placements.list(page, filter);
    const resolutions = await this.placements.resolutions(placements.map(({ id }) => id));
    return placements.map((placement) => ({
      placement,
      resolutions: resolutions.filter(({ placementId }) => placementId === placement.id),
    }));
  }

  /** @throws PlacementNotFound */
  async get(id: string): Promise<ResolvedPlacement> {
    const placement = await this.placements.find(id);
    if (!placement) throw new PlacementNotFound();
    return { placement, resolutions: await this.placements.resolutions([id]) };
  }

  /**
   * Settles a placement by a manager's finding. A charge with an unknown outcome becomes an order or a decline; a declined one that was
   * charged becomes a due refund, which `not_charged` closes unless it is being sent. A second resolution of the same outcome only adds its note.
   * @throws PlacementNotFound, PlacementNotResolvable
   */
  async resolve(id: string, resolution: Resolution): Promise<ResolvedPlacement> {
    await this.transactions.run(async (tx) => {
      const found = await this.placements.lockForUpdate(id, tx);
      if (!found) throw new PlacementNotFound();
      const next = resolvedState(resolution.outcome, found.state);
      if (!next && !isResolvedAs(resolution.outcome, found.state))
        throw new PlacementNotResolvable(found.state, resolution.outcome);
      if (next === 'placed') await this.transitions.settleApproved(id, null, tx);
      else if (next) await this.changeState(found, next, resolution, tx);
      const { outcome, note, resolvedBy } = resolution;
      await this.placements.addResolution({ placementId: id, outcome, note, resolvedBy: resolvedBy.id }, tx);
    });
    this.notifications.wakeForPlacedOrder();
    this.refunds.wakeWorker();
    return this.get(id);
  }

  private async changeState(
    { id, state, requestId }: Placement,
    next: PlacementState,
    { outcome, note, resolvedBy }: Resolution,
    tx: Tx,
  ): Promise<void> {
    await this.placements.changeState(id, next, tx);
    if (next === 'refund_due')
      await this.refunds.requestDue(id, { reason: 'other', note, requestedBy: resolvedBy, requestId }, tx);
    if (state === 'refund_due' && !(await this.refunds.withdraw(id, tx)))
      throw new PlacementNotResolvable(state, outcome);
  }
}
