import { Injectable } from '@nestjs/common';
import { MenuService } from '#catalog';
import { newId } from '#database';
import { deriveProviderKey, PaymentGateway } from '#payments';
import { ShopService } from '#shop';
import type { RequestContext } from '#tracing';
import type { AuthenticatedUser } from '#users';
import type { OrderRequest } from './order-draft.js';
import { PaymentUnavailable } from './placements.errors.js';
import type { KeyClaim, NewPlacement } from './placement-attempt.js';

/** A placement that may begin while fewer orders are open than `maxOpenOrders`, null for any number. */
export interface AdmittedPlacement {
  placement: NewPlacement;
  maxOpenOrders: number | null;
}

/** What a new order must pass before anything is written. It costs no query while the shop and the menu are cached. */
@Injectable()
export class OrderAdmissionService {
  constructor(
    private readonly shop: ShopService,
    private readonly menu: MenuService,
    private readonly payments: PaymentGateway,
  ) {}

  /**
   * Prices the request as a placement with new ids. Refuses while the provider is needed and known to be down.
   * @throws ShopClosed, OrderingPaused, InvalidOrderLine, VariationRequired, TotalMismatch, TotalTooLarge, PaymentUnavailable
   */
  async admit(
    { lines, totalCents: expectedTotalCents, metadata, pickupName, note }: OrderRequest,
    customer: AuthenticatedUser,
    { requestId, traceparent }: RequestContext,
    claim?: KeyClaim,
  ): Promise<AdmittedPlacement> {
    const maxOpenOrders = await this.shop.maxOpenOrdersFor(customer.role);
    const priced = await this.menu.price(lines, expectedTotalCents);
    if (priced.totalCents > 0 && !this.payments.isAvailable()) throw new PaymentUnavailable();
    const placement: NewPlacement = {
      id: newId(),
      orderId: newId(),
      paymentId: newId(),
      customerId: customer.id,
      providerKey: claim ? deriveProviderKey(claim, new Date()) : null,
      totalCents: priced.totalCents,
      draft: {
        v: 2,
        items: priced.lines.map((line) => ({ id: newId(), ...line })),
        metadata: metadata ?? null,
        pickupName: pickupName ?? null,
        note: note ?? null,
      },
      requestId,
      traceparent,
    };
    return { placement, maxOpenOrders };
  }
}
