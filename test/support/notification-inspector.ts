import { eventually } from './eventually.js';
import type { ReceivedNotification } from './notification-stub.js';
import type { TestApp } from './test-app.js';

/** A notification as its row says. */
export interface NotificationRow {
  id: string;
  status: string;
  state: string;
  attempts: number;
  response_status_code: number | null;
  response_payload: unknown;
  delivered_at: Date | null;
}

/** A kept attempt as its row says. */
export interface AttemptRow {
  attempt: number;
  duration_ms: number;
  response_status_code: number | null;
  response_payload: unknown;
  error: string | null;
}

/** What is known of an order's notifications, in the shop and at the provider; it saves tests from waiting for retries. */
export class NotificationInspector {
  constructor(private readonly app: TestApp) {}

  /** What the provider was sent for an order, in its order. */
  received(orderId: string): ReceivedNotification[] {
    return this.app.notifications.received.filter(({ headers }) => headers['x-order-id'] === orderId);
  }

  /** The notifications of an order, in its order. */
  rows(orderId: string): Promise<NotificationRow[]> {
    return this.app.database.query(
      `SELECT id, status, state, attempts, response_status_code, response_payload, delivered_at
         FROM notifications WHERE order_id = $1 ORDER BY sequence`,
      [orderId],
    );
  }

  /** The kept attempts at an order's notifications. */
  attempts(orderId: string): Promise<AttemptRow[]> {
    return this.app.database.query(
      `SELECT a.attempt, a.duration_ms, a.response_status_code, a.response_payload, a.error
         FROM notification_attempts a JOIN notifications n ON n.id = a.notification_id
        WHERE n.order_id = $1 ORDER BY n.sequence, a.attempt`,
      [orderId],
    );
  }

  /** Waits for so many kept attempts. */
  async waitForAttempts(orderId: string, times: number): Promise<AttemptRow[]> {
    return eventually(`${times} attempts`, async () => {
      const attempts = await this.attempts(orderId);
      return attempts.length >= times ? attempts : undefined;
    });
  }

  /** Waits until all of an order's notifications are in this state. */
  async waitForState(state: string, orderId: string): Promise<NotificationRow[]> {
    return eventually(`all to be ${state}`, async () => {
      const rows = await this.rows(orderId);
      return rows.length > 0 && rows.every((row) => row.state === state) ? rows : undefined;
    });
  }

  /** Makes an order's next retry due now, instead of waiting for it. */
  async makeDue(orderId: string): Promise<void> {
    await this.app.database.query('UPDATE notifications SET due_at = now() WHERE order_id = $1', [orderId]);
    await this.app.database.query(`SELECT pg_notify('notification_due', '')`);
  }

  /** Makes the next attempt at an order's pending notifications the last one. */
  async exhaustAttempts(orderId: string): Promise<void> {
    await this.app.database.query(
      `UPDATE notifications SET attempts = 11, due_at = now() WHERE order_id = $1 AND state = 'pending'`,
      [orderId],
    );
  }
}
