import { randomUUID } from 'node:crypto';
import type { Test } from 'supertest';
import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import type { AdminRefundDto } from '../../apps/api/refunds/dto/admin-refund.dto.js';
import type { RefundDto } from '../../apps/api/refunds/dto/refund.dto.js';
import { eventually } from '../support/eventually.js';
import type { Choice, Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

/** An order of 860 cents. */
export const TWO_LATTES: Choice[] = [['Latte', 'Vanilla', 2]];
export const TWO_LATTES_CENTS = 860;

/** An app with a customer, a manager and a view of its refunds; it starts without a worker. */
export class RefundContext {
  private constructor(
    readonly app: TestApp,
    readonly customer: Person,
    readonly manager: Person,
  ) {}

  static async start(environment: NodeJS.ProcessEnv = {}): Promise<RefundContext> {
    const app = await TestApp.start(environment);
    const [customer, manager] = await Promise.all([app.customer(), app.manager()]);
    return new RefundContext(app, customer, manager);
  }

  /** Places an order of 860 cents and changes its status step by step. */
  async placeOrder(...statuses: string[]): Promise<OrderDto> {
    const order = await this.customer.placeOrder(...TWO_LATTES);
    for (const status of statuses) await this.manager.changeStatus(order.id, status).expect(200);
    return order;
  }

  /** Reads an order as its customer. */
  async order(id: string): Promise<OrderDto> {
    return (await this.customer.get(`/api/v1/orders/${id}`).expect(200)).body as OrderDto;
  }

  cancel(orderId: string, body?: object, by = this.manager): Test {
    return by.post(`/api/v1/orders/${orderId}/cancel`, body);
  }

  /** Requests a refund, by default with a new key. */
  request(orderId: string, amountCents: number, key: string = randomUUID(), by = this.manager): Test {
    return by
      .post(`/api/v1/orders/${orderId}/refunds`, { amount_cents: amountCents, reason: 'quality' })
      .set('Idempotency-Key', key);
  }

  /** Requests a refund of an order and returns it. */
  async requested(orderId: string, amountCents: number): Promise<RefundDto> {
    return (await this.request(orderId, amountCents).expect(201)).body as RefundDto;
  }

  /** Returns all refunds of an order, oldest first. */
  async refundsOf(orderId: string, reader = this.manager): Promise<RefundDto[]> {
    return (await reader.get(`/api/v1/orders/${orderId}/refunds`).expect(200)).body as RefundDto[];
  }

  resolve(refundId: string, outcome: string, note = 'seen in the dashboard', by = this.manager): Test {
    return by.post(`/api/v1/admin/refunds/${refundId}/resolve`, { outcome, note });
  }

  /** Returns a refund as managers see it, whether it has an order or not. */
  async refund(id: string): Promise<AdminRefundDto> {
    const { body } = await this.manager.get('/api/v1/admin/refunds?limit=100').expect(200);
    const found = (body as AdminRefundDto[]).find((refund) => refund.id === id);
    if (!found) throw new Error(`Refund ${id} is not listed`);
    return found;
  }

  /** Waits until a refund is in this state. */
  async waitForState(state: string, id: string): Promise<AdminRefundDto> {
    return eventually(`the refund to be ${state}`, async () => {
      const refund = await this.refund(id);
      return refund.state === state ? refund : undefined;
    });
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
