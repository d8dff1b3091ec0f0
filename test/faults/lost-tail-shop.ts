import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import { ApiProcess } from '../support/api-process.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';
import { shiftedClock } from './chaos/process-faults.js';

/** In the order in which their rows can be deleted. */
const TABLES = ['order_items', 'payments', 'orders', 'idempotency_keys', 'order_placements'];
/** The next midnight UTC. */
export const MIDNIGHT = new Date().setUTCHours(24, 0, 0, 0);
/** So long before it that a suite ends on the same day. */
export const EVENING = MIDNIGHT - 300_000;

/**
 * A shop whose database loses its last commits, as in an asynchronous failover or a restored backup. The provider loses nothing.
 * Each of its API processes gets a clock, because the provider's key of a request depends on the day.
 */
export class LostTailShop {
  private readonly processes: ApiProcess[] = [];
  /** The first commit that is lost. */
  private tail = new Date(0);

  private constructor(
    readonly app: TestApp,
    readonly order: Awaited<ReturnType<Person['orderFor']>>,
  ) {}

  static async start(): Promise<LostTailShop> {
    const app = await TestApp.start({
      PAYMENT_PROVIDER_IDEMPOTENCY: 'supported',
      PAYMENT_TIMEOUT_MS: '5000',
      // The times of a token are those of the database.
      JWT_ACCESS_TOKEN_EXPIRE_MINUTES: '1440',
    });
    const visitor = await app.customer();
    return new LostTailShop(app, await visitor.orderFor(['Latte', 'Vanilla']));
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
    await this.app.close();
  }

  /** Starts an API whose clock starts at `time`, in ms. */
  async startApi(time: number): Promise<ApiProcess> {
    const api = await ApiProcess.start({ ...this.app.environment, ...shiftedClock(time - Date.now()) });
    this.processes.push(api);
    return api;
  }

  /** What is committed from now on is lost by `loseTail`. */
  async beginTail(): Promise<void> {
    const [row] = await this.app.database.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    this.tail = row!.now;
  }

  async loseTail(): Promise<void> {
    for (const table of TABLES) {
      const isLost =
        table === 'order_items'
          ? 'order_id IN (SELECT id FROM orders WHERE created_at >= $1)'
          : 'created_at >= $1';
      await this.app.database.query(`DELETE FROM ${table} WHERE ${isLost}`, [this.tail]);
    }
  }

  /** Lets the 24 hours of all keys be over. */
  async expireKeys(): Promise<void> {
    await this.app.database.query('UPDATE idempotency_keys SET expires_at = now()');
  }

  async place(customer: Person, key: string): Promise<OrderDto> {
    return (await customer.placeWithKey(this.order, key).expect(201)).body as OrderDto;
  }

  /** Returns the provider keys of the placements of the tail that are stored, oldest first. */
  async storedKeys(): Promise<string[]> {
    const rows = await this.app.database.query<{ key: string }>(
      'SELECT coalesce(provider_key, id) AS key FROM order_placements WHERE created_at >= $1 ORDER BY created_at',
      [this.tail],
    );
    return rows.map(({ key }) => key);
  }

  chargedKeys(): string[] {
    return this.app.payments.charges.map(({ key }) => key);
  }
}
