import { randomUUID } from 'node:crypto';
import type { Test } from 'supertest';
import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import type { AdminRefundDto } from '../../apps/api/refunds/dto/admin-refund.dto.js';
import type { RefundDto } from '../../apps/api/refunds/dto/refund.dto.js';
import { eventually } from '../support/eventually.js';
import type { Choice, Person } from '../support/person.js';
import type { RecordedRefund, RefundBehaviour, RefundStub } from '../support/refund-stub.js';
import { TestApp } from '../support/test-app.js';

/** An order of 860 cents. */
export const TWO_LATTES: Choice[] = [['Latte', 'Vanilla', 2]];
export const TWO_LATTES_CENTS = 860;

/** A row of `refunds`. */
interface RefundRow {
  state: string;
  attempts: number;
  due_at: Date | null;
  failure: string | null;
}

/** Refunds wait for a manager. */
export const WITHOUT_PROVIDER = { PAYMENT_REFUND_URL: '' };
/** The provider refunds twice if it gets a request twice. */
export const WITHOUT_KEYS = { PAYMENT_PROVIDER_IDEMPOTENCY: 'unknown' };
export const WITH_KEYS = { PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' };

/** An app with a user of each role and a view of its refunds; it starts without a worker. */
export class RefundContext {
  private constructor(
    readonly app: TestApp,
    readonly customer: Person,
    readonly barista: Person,
    readonly manager: Person,
  ) {}

  static async start(environment: NodeJS.ProcessEnv = {}): Promise<RefundContext> {
    const app = await TestApp.start(environment);
    app.refunds.isIdempotent = environment.PAYMENT_PROVIDER_IDEMPOTENCY !== 'unknown';
    const people = await Promise.all([app.customer(), app.barista(), app.manager()]);
    return new RefundContext(app, ...people);
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

  /** Requests a refund that the provider treats so. Needs a worker. */
  async requestedWhen(behaviour: RefundBehaviour): Promise<RefundDto> {
    // A successful refund keeps the circuit breaker closed.
    const { id } = await this.placeOrder();
    await this.waitForState('refunded', (await this.requested(id, 10)).id);
    this.app.refunds.once(behaviour);
    return this.requested(id, 100);
  }

  /** Returns the requests to the provider for a refund. */
  sends(refundId: string): RefundStub['requests'] {
    return this.app.refunds.requests.filter(({ key }) => key === refundId);
  }

  /** Returns what the provider gave back for a refund. */
  paid(refundId: string): RecordedRefund[] {
    return this.app.refunds.refunds.filter(({ key }) => key === refundId);
  }

  async row(refundId: string): Promise<RefundRow> {
    const sql = 'SELECT state, attempts, due_at, failure FROM refunds WHERE id = $1';
    const [row] = await this.app.database.query<RefundRow>(sql, [refundId]);
    if (!row) throw new Error(`Refund ${refundId} vanished`);
    return row;
  }

  /** Returns how much of an order's charge is reserved for refunds, in cents. */
  async reservedOf(orderId: string): Promise<number | undefined> {
    const sql = 'SELECT refund_reserved_cents AS cents FROM order_placements WHERE order_id = $1';
    const [placement] = await this.app.database.query<{ cents: number }>(sql, [orderId]);
    return placement?.cents;
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
