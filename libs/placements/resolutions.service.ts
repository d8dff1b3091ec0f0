import { Injectable } from '@nestjs/common';
import { Transactions, type Tx } from '#database';
import type { PageRequest } from '#database';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';
import type { PlacementResolution, ResolutionOutcome } from './placement-resolution.entity.js';
import type { Placement, PlacementState } from './placement.entity.js';
import { PlacementNotFound, PlacementNotResolvable } from './placements.errors.js';
import { PlacementsRepository } from './placements.repository.js';

/** What a manager found out at the provider, and why they say so. */
export interface Resolution {
  outcome: ResolutionOutcome;
  note: string;
  resolvedBy: string;
}

export interface ResolvedPlacement {
  placement: Placement;
  resolutions: PlacementResolution[];
}

/** What a manager's word makes of a placement, and nothing else: an answer once given to the customer never changes. */
const RESOLUTIONS: { outcome: ResolutionOutcome; from: PlacementState; to: PlacementState }[] = [
  { outcome: 'charged', from: 'unknown', to: 'placed' },
  { outcome: 'charged', from: 'declined_unconfirmed', to: 'refund_due' },
  { outcome: 'not_charged', from: 'unknown', to: 'declined' },
  { outcome: 'not_charged', from: 'declined_unconfirmed', to: 'declined' },
  { outcome: 'not_charged', from: 'refund_due', to: 'declined' },
];

/** The managers' view of placements, and their word on those that nobody else can settle. */
@Injectable()
export class ResolutionsService {
  constructor(
    private readonly placements: PlacementsRepository,
    private readonly steps: PlacementTransitionsRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Newest first, each with the managers' decisions about it. */
  async list(page: PageRequest, state?: PlacementState): Promise<ResolvedPlacement[]> {
    return this.withResolutions(await this.placements.page(page, state));
  }

  /**
   * Settles a placement by a manager's word: a charge of unknown outcome becomes an order or a decline; one that was answered as
   * declined but charged becomes a refund that is due, and, once `not_charged`, is closed. The same word again changes nothing.
   * @throws PlacementNotFound, PlacementNotResolvable
   */
  async resolve(id: string, resolution: Resolution): Promise<ResolvedPlacement> {
    const resolved = await this.transactions.run(async (tx) => {
      const placement = await this.placements.lockForUpdate(id, tx);
      if (!placement) throw new PlacementNotFound();
      const next = RESOLUTIONS.find(
        ({ outcome, from }) => outcome === resolution.outcome && from === placement.state,
      )?.to;
      if (next) await this.settle(placement, next, resolution, tx);
      else if (!isSettledAs(resolution.outcome, placement.state))
        throw new PlacementNotResolvable(placement.state, resolution.outcome);
      return this.placements.find(id, tx);
    });
    const [answer] = await this.withResolutions([resolved]);
    if (!answer) throw new PlacementNotFound();
    return answer;
  }

  private async settle(
    placement: Placement,
    next: PlacementState,
    resolution: Resolution,
    tx: Tx,
  ): Promise<void> {
    if (next === 'placed') await this.steps.settleApproved(placement.id, null, tx);
    else await this.placements.changeState(placement.id, next, tx);
    await this.placements.addResolution({ placementId: placement.id, ...resolution }, tx);
  }

  private async withResolutions(placements: Placement[]): Promise<ResolvedPlacement[]> {
    const resolutions = await this.placements.resolutions(placements.map(({ id }) => id));
    return placements.map((placement) => ({
      placement,
      resolutions: resolutions.filter(({ placementId }) => placementId === placement.id),
    }));
  }
}

/** Whether that word led to this state before. */
function isSettledAs(word: ResolutionOutcome, state: PlacementState): boolean {
  return RESOLUTIONS.some(({ outcome, to }) => outcome === word && to === state);
}
