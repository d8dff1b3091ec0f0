import { Injectable, Logger } from '@nestjs/common';
import { handleWhen, retry } from 'cockatiel';
import { Failpoint } from '#config';
import { hadNoEffect, isDatabaseUnavailable } from '#database';
import { fingerprint, IdempotencyKeyReused, type IdempotencyKey } from '#idempotency';
import { requestFields } from '#logging';
import { ShopBusy } from '#shop';
import type { RequestContext } from '#tracing';
import type { AuthenticatedUser } from '#users';
import { ChargeAttemptsService } from './charge-attempts.service.js';
import { ChargePolicy } from './charge-policy.js';
import { IdempotencyKeysRepository } from './idempotency-keys.repository.js';
import { OrderAdmissionService, type AdmittedPlacement } from './order-admission.service.js';
import type { OrderRequest } from './order-draft.js';
import type {
  BegunPlacement,
  KeyClaim,
  NewPlacement,
  NotOpened,
  OpenPlacement,
} from './placement-attempt.js';
import { settledResponse, type PlacedOrder } from './placement-response.js';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';
import type { Placement } from './placement.entity.js';
import {
  PaymentUnavailable,
  PlacementInProgress,
  PlacementUnconfirmed,
  TooManyConcurrentOrders,
} from './placements.errors.js';

/** Begin is repeated once: it may have committed although its result was lost. */
const retryOnce = retry(handleWhen(isDatabaseUnavailable), { maxAttempts: 1 });

/** Who asks for an order, and with which key. */
export interface PlacementCaller {
  customer: AuthenticatedUser;
  key?: IdempotencyKey;
  context: RequestContext;
}

/** Places orders: admit → begin → charge → settle. At most one charge per order, and no charge without an order or a record. */
@Injectable()
export class PlacementsService {
  private readonly log = new Logger(PlacementsService.name);

  constructor(
    private readonly admission: OrderAdmissionService,
    private readonly attempts: ChargeAttemptsService,
    private readonly policy: ChargePolicy,
    private readonly transitions: PlacementTransitionsRepository,
    private readonly keys: IdempotencyKeysRepository,
  ) {}

  /**
   * Charges and places an order, or returns the response of the first request with the same key.
   * @throws ShopClosed, OrderingPaused, ShopBusy, InvalidOrderLine, VariationRequired, SoldOut, TotalMismatch, TotalTooLarge,
   * PaymentUnavailable, TooManyConcurrentOrders: nothing was charged and the key is still free
   * @throws IdempotencyKeyReused, PlacementInProgress
   * @throws PaymentDeclined: final for the key
   * @throws PaymentOutcomeUnknown, PlacementUnconfirmed: a charge may exist or follow; the order's id and the key lead to its outcome
   */
  @Failpoint('placement.place')
  async place(request: OrderRequest, caller: PlacementCaller): Promise<PlacedOrder> {
    const { customer, key, context } = caller;
    const customerId = customer.role === 'customer' ? customer.id : undefined;
    const claim = key && { userId: customer.id, hash: key.hash, fingerprint: fingerprint(request) };
    let admitted: AdmittedPlacement;
    try {
      admitted = await this.admission.admit(request, customer, context, claim);
    } catch (refusal) {
      // A used key gets its first response, even if the shop or its menu has changed since.
      const response = await this.replay(claim, customerId);
      if (!response) throw refusal;
      return response;
    }
    const { placement } = admitted;
    const placed = await this.attempts.run(placement, () => this.begin(admitted, claim), customerId);
    if (typeof placed === 'object') return placed;
    // A used key needs no slot and no room for its first response.
    const response = await this.replay(claim, customerId);
    if (response) return response;
    if (placed === 'no_slot') throw new PaymentUnavailable();
    if (placed === 'no_room') throw new ShopBusy();
    if (placed === 'share_used') throw new TooManyConcurrentOrders();
    // Without a key, begin finds nothing to open only if the recovery has taken its placement.
    throw key ? new PlacementInProgress() : this.policy.outcomeUnknown(placement);
  }

  /**
   * Returns the placement, or 'not_opened' if the key belongs to another attempt or the recovery has taken the placement, or 'no_room'.
   * @throws PlacementUnconfirmed: the placement may have been written, or may be yet
   */
  private async begin(
    { placement, maxOpenOrders }: AdmittedPlacement,
    claim?: KeyClaim,
  ): Promise<OpenPlacement | NotOpened> {
    const failures: unknown[] = [];
    const beginOnce = async (): Promise<BegunPlacement | NotOpened> => {
      try {
        return await this.transitions.begin(placement, this.policy.leaseMs, maxOpenOrders, claim);
      } catch (error) {
        failures.push(error);
        throw error;
      }
    };
    const begun = await retryOnce.execute(beginOnce).catch((error: unknown) => {
      if (failures.every(hadNoEffect) || !isDatabaseUnavailable(error)) throw error;
      throw this.unconfirmed(placement, error);
    });
    // A lost begin can reach the database after its repetition, when there is room again.
    if (begun === 'no_room' && !failures.every(hadNoEffect)) throw this.unconfirmed(placement, failures[0]);
    return typeof begun === 'string' ? begun : { ...placement, ...begun, attempt: 1, key: claim };
  }

  /** Marks the placement as unsent in the background. If this process ends before that, the recovery may charge it. */
  private unconfirmed(placement: NewPlacement, error: unknown): PlacementUnconfirmed {
    this.log.error(error, { ...requestFields(placement), placement: placement.id });
    void this.attempts.abandon(placement);
    return new PlacementUnconfirmed(placement.orderId);
  }

  /** Returns the response of the key's attempt, after resuming it if it stopped midway. Returns undefined if the key is free. */
  private async replay(claim?: KeyClaim, customerId?: string): Promise<PlacedOrder | undefined> {
    const placement = claim && (await this.keys.findPlacement(claim));
    if (!placement) return undefined;
    if (!placement.fingerprint.equals(claim.fingerprint)) throw new IdempotencyKeyReused();
    if (placement.isRunning) throw new PlacementInProgress();
    return settledResponse(placement) ?? this.resume(placement, claim, customerId);
  }

  private async resume(placement: Placement, key: KeyClaim, customerId?: string): Promise<PlacedOrder> {
    const { id, totalCents } = placement;
    if (!this.policy.canResend && totalCents > 0) throw this.policy.outcomeUnknown(placement);
    const reclaim = async (): Promise<OpenPlacement | NotOpened> => {
      const reclaimed = await this.transitions.reclaim(id, this.policy.leaseMs);
      return reclaimed ? Object.assign(reclaimed, { key }) : 'not_opened';
    };
    const placed = await this.attempts.run(placement, reclaim, customerId);
    if (typeof placed === 'object') return placed;
    throw placed === 'not_opened' ? new PlacementInProgress() : this.policy.outcomeUnknown(placement);
  }
}
