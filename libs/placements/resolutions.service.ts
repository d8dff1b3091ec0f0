import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Transactions, type PageRequest, type Tx } from '#database';
import { RefundsService } from '#refunds';
import type { Actor } from '#users';
import { PlacedOrderSignals } from './placed-order-signals.js';
import type { PlacementResolution } from './placement-resolution.entity.js';
import {
  isResolvedAs,
  resolvedState,
  type PlacementState,
  type ResolutionOutcome,
} from './placement-state.js';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';
import type { Placement } from './placement.entity.js';
import { PlacementNotFound, PlacementNotResolvable, RefundInProgress } from './placements.errors.js';
import { PlacementsRepository, type PlacementFilter } from './placements.repository.js';

/** What a manager found at the provider. */
export interface Resolution {
  outcome: ResolutionOutcome;
  note: string;
  resolvedBy: Actor;
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
    private readonly placedOrders: PlacedOrderSignals,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** Returns a page of placements with their resolutions, newest first. */
  async list(page: PageRequest, filter: PlacementFilter): Promise<ResolvedPlacement[]> {
    const [placements, resolutions] = await this.transactions.readList(async (reader) => {
      const listed = await this.placements.list(page, filter, reader);
      const ids = listed.map(({ id }) => id);
      return [listed, await this.placements.resolutions(ids, reader)] as const;
    });
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
   * charged becomes a due refund, which `not_charged` closes. A second resolution of the same outcome adds its note; for a due refund
   * that was rejected, it asks for another one.
   * @throws PlacementNotFound, PlacementNotResolvable, RefundInProgress
   */
  async resolve(id: string, resolution: Resolution): Promise<ResolvedPlacement> {
    const placedCents = await this.transactions.run(async (tx) => {
      const placement = await this.placements.lockForUpdate(id, tx);
      if (!placement) throw new PlacementNotFound();
      const state = await this.apply(placement, resolution, tx);
      const { outcome, note, resolvedBy: actor } = resolution;
      await this.placements.addResolution({ placementId: id, outcome, note, resolvedBy: actor.id }, tx);
      const change = { before: { state: placement.state }, after: { state, outcome }, reason: note };
      const subject = { type: 'placement', id } as const;
      await this.audit.record({ actor, action: 'placement.resolve', subject, ...change }, tx);
      return state === 'placed' && placement.state !== state ? placement.totalCents : undefined;
    });
    if (placedCents !== undefined) this.placedOrders.send(placedCents);
    this.refunds.wakeWorker();
    return this.get(id);
  }

  /** Returns the state of the placement afterwards. */
  private async apply(placement: Placement, resolution: Resolution, tx: Tx): Promise<PlacementState> {
    const { id, state } = placement;
    const { outcome } = resolution;
    const next = resolvedState(outcome, state);
    if (!next && !(await this.isRepeated(placement, outcome, tx)))
      throw new PlacementNotResolvable(state, outcome);
    if (next === 'placed') await this.transitions.settleApproved(id, null, tx);
    else if (next) await this.placements.changeState(id, next, tx);
    if ((next ?? state) === 'refund_due') await this.requestRefund(placement, resolution, tx);
    if (next && state === 'refund_due' && !(await this.refunds.withdraw(id, tx)))
      throw new RefundInProgress();
    return next ?? state;
  }

  /**
   * Returns whether the latest decision was the same. Without one, the provider's answer has decided; so it has if a refund is due, which
   * a late charge makes after any decision.
   */
  private async isRepeated({ id, state }: Placement, outcome: ResolutionOutcome, tx: Tx): Promise<boolean> {
    const latest = await this.placements.latestResolution(id, tx);
    return latest && state !== 'refund_due' ? latest.outcome === outcome : isResolvedAs(outcome, state);
  }

  /** Changes nothing while an earlier refund of the charge is not rejected. */
  private requestRefund(
    { id, requestId, traceparent }: Placement,
    { note, resolvedBy: requestedBy }: Resolution,
    tx: Tx,
  ): Promise<void> {
    const refund = { reason: 'other', note, requestedBy, requestId, traceparent } as const;
    return this.refunds.requestDue(id, refund, tx);
  }
}
