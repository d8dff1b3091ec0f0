import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { AuditLog, type AuditAction } from '#audit';
import { Config } from '#config';
import { Transactions, type Tx } from '#database';
import { PreconditionFailed, UntilNotInFuture, type Precondition } from '#errors';
import type { Actor } from '#users';
import { auditedLimit, auditedPause } from './audited-settings.js';
import { assertNoOverlap, inOrder, type Hours } from './hours.js';
import { ShopRepository } from './shop.repository.js';
import { ShopService } from './shop.service.js';
import type { ShopSettings } from './shop-settings.entity.js';
import { shopOf, type Shop, type ShopState } from './shop.js';

const MS_PER_MINUTE = 60_000;

/** How long the shop takes no orders: until an instant, for some minutes, or without end. */
export interface PauseRequest {
  until?: Date;
  minutes?: number;
  reason: string | null;
}

/** A change of the settings, as the audit log keeps it. */
interface Change {
  action: AuditAction;
  before: object;
  after: object;
  reason?: string | null;
  columns: Partial<ShopSettings>;
}

/** Who changes the settings, and what the shop must be like before. */
export interface ChangeContext {
  actor: Actor;
  precondition?: Precondition<Shop>;
}

/** The settings of the shop, as the staff changes them. A change to what they are already is not recorded. */
@Injectable()
export class ShopSettingsService {
  constructor(
    private readonly repository: ShopRepository,
    private readonly shop: ShopService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly config: Config,
  ) {}

  /** @throws OverlappingHours, PreconditionFailed */
  setHours(hours: Hours, context: ChangeContext): Promise<Shop> {
    assertNoOverlap(hours);
    const after = inOrder(hours);
    return this.change(context, ({ weekly, exceptions }) => ({
      action: 'shop.hours',
      before: { weekly, exceptions },
      after,
      columns: after,
    }));
  }

  /**
   * Takes no orders of customers until the pause ends or `resume`. Replaces a pause under way.
   * @throws UntilNotInFuture, PreconditionFailed
   */
  pause({ until, minutes, reason }: PauseRequest, context: ChangeContext): Promise<Shop> {
    return this.change(context, (state) => {
      if (until && until <= state.now) throw new UntilNotInFuture();
      const pausedUntil =
        minutes === undefined ? (until ?? null) : new Date(state.now.getTime() + minutes * MS_PER_MINUTE);
      return {
        action: 'shop.pause',
        before: auditedPause(state),
        after: auditedPause({ isPaused: true, pausedUntil, pauseReason: reason }),
        reason,
        columns: { paused: true, pausedUntil, pauseReason: reason },
      };
    });
  }

  /** Ends the pause, if there is one. @throws PreconditionFailed */
  resume(context: ChangeContext): Promise<Shop> {
    return this.change(context, (state) => ({
      action: 'shop.resume',
      before: auditedPause(state),
      after: auditedPause({ isPaused: false, pausedUntil: null, pauseReason: null }),
      columns: { paused: false, pausedUntil: null, pauseReason: null },
    }));
  }

  /** @param maxOpenOrders null without a limit. @throws PreconditionFailed */
  setLimit(maxOpenOrders: number | null, context: ChangeContext): Promise<Shop> {
    return this.change(context, (state) => ({
      action: 'shop.limits',
      before: auditedLimit(state),
      after: auditedLimit({ maxOpenOrders }),
      columns: { maxOpenOrders },
    }));
  }

  private async change(
    { actor, precondition }: ChangeContext,
    decide: (state: ShopState) => Change,
  ): Promise<Shop> {
    await this.transactions.run(async (tx) => {
      await this.repository.lock(tx);
      const state = await this.repository.read(this.config.shop.timeZone, tx);
      if (precondition && !precondition(await this.effectiveShop(state, tx))) throw new PreconditionFailed();
      const { columns, ...change } = decide(state);
      if (isDeepStrictEqual(change.before, change.after)) return;
      await this.repository.write(columns, tx);
      await this.audit.record({ actor, subject: { type: 'shop', id: null }, ...change }, tx);
    });
    this.shop.invalidate();
    return this.shop.current();
  }

  private async effectiveShop(state: ShopState, tx: Tx): Promise<Shop> {
    const { maxOpenOrders } = state;
    const isFull = maxOpenOrders !== null && (await this.repository.isFull(maxOpenOrders, tx));
    return shopOf(state, this.config.shop.timeZone, isFull);
  }
}
