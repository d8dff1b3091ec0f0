import type { AuditEntryDto } from '../../apps/api/audit/dto/audit-entry.dto.js';
import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import { newId } from '#database';
import { perWeekday } from '#shop';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

export const PATH = '/api/v1/admin/audit';
const PAUSE = '/api/v1/admin/shop/pause';

/** An app with a customer, a manager and a view of its audit log; it starts without a worker. */
export class AuditContext {
  private products = 0;
  private settings = 0;

  private constructor(
    readonly app: TestApp,
    readonly customer: Person,
    readonly manager: Person,
  ) {}

  static async start(): Promise<AuditContext> {
    const app = await TestApp.start();
    const [customer, manager] = await Promise.all([app.customer(), app.manager()]);
    return new AuditContext(app, customer, manager);
  }

  /** Returns the entries that fit the query, newest first. */
  async entries(query = ''): Promise<AuditEntryDto[]> {
    return (await this.manager.get(PATH + query).expect(200)).body as AuditEntryDto[];
  }

  /** Returns the entries about a subject, newest first. */
  about(subject: string): Promise<AuditEntryDto[]> {
    return this.entries(`?subject=${subject}`);
  }

  async count(): Promise<number> {
    const [row] = await this.app.database.query<{ count: number }>('SELECT count(*)::int FROM audit_log');
    return row?.count ?? 0;
  }

  /** Returns the body of a product that is not yet on the menu. */
  newProduct(): { name: string; base_price_cents: number } {
    this.products += 1;
    return { name: `Cortado ${this.products}`, base_price_cents: 300 };
  }

  /** Returns the body of a user who does not yet exist. */
  newUser(): object {
    const email = `${crypto.randomUUID()}@example.com`;
    return { email, role: 'barista', password: 'a long enough password' };
  }

  /** Puts a product on the menu and returns its id. */
  async createProduct(fields: object = {}): Promise<string> {
    const product = { ...this.newProduct(), ...fields };
    return (await this.manager.post('/api/v1/admin/products', product).expect(201)).body.id as string;
  }

  /** Returns hours that differ from all before, with which the shop stays open. */
  newHours(): object {
    this.settings += 1;
    const date = new Date(Date.UTC(2000, 0, this.settings)).toISOString().slice(0, 10);
    return { weekly: perWeekday(() => [['00:00', '00:00']]), exceptions: [{ date, intervals: [] }] };
  }

  /** Returns a limit that differs from all before, and that no suite reaches. */
  newLimit(): object {
    this.settings += 1;
    return { max_open_orders: 1_000 + this.settings };
  }

  async pause(): Promise<void> {
    await this.manager.put(PAUSE, {}).expect(200);
  }

  async resume(): Promise<void> {
    await this.manager.delete(PAUSE).expect(204);
  }

  async placeOrder(): Promise<OrderDto> {
    await this.resume();
    return this.customer.placeOrder(['Latte', 'Vanilla']);
  }

  /** Returns a placement whose charge is unknown. */
  async unknownPlacement(): Promise<string> {
    const id = newId();
    await this.app.database.query(
      `INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, state)
       VALUES ($1, $1, $1, $2, 430, '{"items": [], "metadata": null}', 'test', 'unknown')`,
      [id, this.customer.id],
    );
    return id;
  }

  /** Returns a refund of an order whose outcome is unknown. */
  async unknownRefund(): Promise<string> {
    const { id } = await this.placeOrder();
    const refund = { amount_cents: 100, reason: 'quality' };
    const { body } = await this.manager.post(`/api/v1/orders/${id}/refunds`, refund).expect(201);
    const sql = `UPDATE refunds SET state = 'unknown', due_at = NULL WHERE id = $1`;
    await this.app.database.query(sql, [body.id]);
    return body.id as string;
  }

  /** Returns a dead notification. */
  async deadNotification(): Promise<string> {
    const { id } = await this.placeOrder();
    await this.manager.changeStatus(id, 'preparation').expect(200);
    const sql = `UPDATE notifications SET state = 'dead' WHERE order_id = $1 RETURNING id`;
    const [notification] = await this.app.database.query<{ id: string }>(sql, [id]);
    if (!notification) throw new Error('The status change has no notification');
    return notification.id;
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
