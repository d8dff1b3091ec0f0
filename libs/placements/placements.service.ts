import { Injectable } from '@nestjs/common';
import type { AuthenticatedUser } from '#auth';
import { MenuService } from '#catalog';
import { fingerprint, type IdempotencyKey } from './idempotency-key.js';
import { IdempotencyKeyReused } from './idempotency-key.errors.js';
import { PaymentGateway } from '#payments';
import { Failpoint } from '#config';
import { newId } from '#database';
import type { OrderDraft, OrderRequest } from './order-draft.js';
import { PlacementTransitionsRepository, type KeyClaim } from './placement-transitions.repository.js';
import { PaymentUnavailable, PlacementInProgress } from './placements.errors.js';
import {
  ChargeAttemptsService,
  type ChargeablePlacement,
  type PlacedOrder,
} from './charge-attempts.service.js';
import { ChargeLimiter } from './charge-limiter.js';

/** Who asks, with which key, in which request. */
export interface PlacementContext {
  customer: AuthenticatedUser;
  key?: IdempotencyKey;
  requestId: string;
}

/** Places orders: price → begin → charge → settle. At most one charge, and never a charge without an order or a record of it. */
@Injectable()
export class PlacementsService {
  private readonly turnstile = new ChargeLimiter();

  constructor(
    private readonly menu: MenuService,
    private readonly steps: PlacementTransitionsRepository,
    private readonly payments: PaymentGateway,
    private readonly settlement: ChargeAttemptsService,
  ) {}

  /**
   * Charges and places an order, or answers as the first request with the same key was answered.
   * @throws InvalidOrderLine, TotalMismatch, TotalTooLarge: nothing was charged, the key is still free
   * @throws IdempotencyKeyReused, PlacementInProgress: the key is another request's, or its first request still runs
   * @throws PaymentDeclined: final
   * @throws PaymentUnavailable: nothing was sent, the key is still free
   * @throws PaymentOutcomeUnknown: a charge may exist; the same key leads to its outcome
   */
  @Failpoint('placement.place')
  async place(request: OrderRequest, { customer, key, requestId }: PlacementContext): Promise<PlacedOrder> {
    const claim = key && { hash: key.hash, fingerprint: fingerprint(request) };
    const priced = await this.price(request).catch(async (refusal: unknown) => {
      const repeated = claim && (await this.repeat(customer.id, claim));
      if (repeated) return repeated;
      throw refusal;
    });
    if ('order' in priced) return priced;

    const placement: ChargeablePlacement = {
      id: newId(),
      orderId: newId(),
      paymentId: newId(),
      customerId: customer.id,
      requestId,
      attempt: 1,
      ...priced,
    };
    const answered = await this.turnstile.pass(async () => {
      if (await this.settlement.begin(placement, claim)) return this.settlement.charge(placement);
      const repeated = claim && (await this.repeat(customer.id, claim));
      if (!repeated) throw new PlacementInProgress();
      return repeated;
    });
    return 'order' in answered ? answered : this.settlement.settle(placement, answered);
  }

  private async price({
    lines,
    totalCents,
    metadata,
  }: OrderRequest): Promise<{ draft: OrderDraft; totalCents: number }> {
    const priced = await this.menu.price(lines, totalCents);
    if (!this.payments.isAvailable()) throw new PaymentUnavailable();
    return {
      draft: {
        items: priced.lines.map((line) => ({ id: newId(), ...line })),
        metadata: metadata ?? null,
      },
      totalCents: priced.totalCents,
    };
  }

  /** Answers as the key's attempt ended, or takes it up where it stopped; undefined where the key is free. */
  private async repeat(
    customerId: string,
    { hash, fingerprint }: KeyClaim,
  ): Promise<PlacedOrder | undefined> {
    const attempt = await this.steps.findByKey(customerId, hash);
    if (!attempt) return undefined;
    if (!attempt.fingerprint.equals(fingerprint)) throw new IdempotencyKeyReused();
    if (attempt.isRunning) throw new PlacementInProgress();
    return this.settlement.conclude(attempt);
  }
}
