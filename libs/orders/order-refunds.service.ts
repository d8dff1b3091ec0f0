import { Injectable } from '@nestjs/common';
import type { IdempotencyKey } from '#idempotency';
import {
  RefundNotFound,
  RefundsService,
  type Refund,
  type RefundRequest,
  type RequestedRefund,
} from '#refunds';
import type { AuthenticatedUser } from '#users';
import { OrderNotFound } from './orders.errors.js';
import { OrdersRepository } from './orders.repository.js';
import { ownerOf } from './visibility.js';

/** The refunds of an order, for those who may see it. */
@Injectable()
export class OrderRefundsService {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly refunds: RefundsService,
  ) {}

  /**
   * Refunds a part of an order's payment, or returns the refund of the first request with the same key. The worker sends it.
   * @throws OrderNotFound, IdempotencyKeyReused, RefundExceedsPayment
   */
  async request(orderId: string, refund: RefundRequest, key?: IdempotencyKey): Promise<RequestedRefund> {
    await this.assertVisible(orderId, refund.requestedBy);
    return this.refunds.request(orderId, refund, key);
  }

  /**
   * Returns all refunds of an order, oldest first.
   * @throws OrderNotFound, also if the order belongs to another customer
   */
  async list(orderId: string, reader: AuthenticatedUser): Promise<Refund[]> {
    await this.assertVisible(orderId, reader);
    return this.refunds.ofOrder(orderId);
  }

  /**
   * Returns a refund of an order.
   * @throws OrderNotFound, also if the order belongs to another customer
   * @throws RefundNotFound, also if the refund belongs to another order
   */
  async get(orderId: string, refundId: string, reader: AuthenticatedUser): Promise<Refund> {
    await this.assertVisible(orderId, reader);
    const refund = await this.refunds.find(refundId, orderId);
    if (!refund) throw new RefundNotFound();
    return refund;
  }

  private async assertVisible(orderId: string, reader: AuthenticatedUser): Promise<void> {
    if (!(await this.orders.exists(orderId, ownerOf(reader)))) throw new OrderNotFound();
  }
}
