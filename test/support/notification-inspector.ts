import { eventually } from './eventually.js';
import type { ReceivedNotification } from './notification-stub.js';
import type { TestApp } from './test-app.js';

/** A row of `notifications`. */
export interface NotificationRow {
  id: string;
  sequence: number;
  status: string;
  state: string;
  attempts: number;
  due_at: Date;
  response_status_code: number | null;
  response_payload: unknown;
  delivered_at: Date | null;
}

/** A row of `notification_attempts`. */
export interface AttemptRow {
  attempt: number;
  duration_ms: number;
  response_status_code: number | null;
  response_payload: unknown;
  error: string | null;
}

/** Reads an order's notifications from the tables and from the provider, and changes when they are due. */
export class NotificationInspector {
  constructor(private readonly app: TestApp) {}

  /** Returns what the provider received for an order, in the order of arrival. */
  received(orderId: string): ReceivedNotification[] {
    return this.app.notifications.received.filter(({ headers }) => headers['x-order-id'] === orderId);
  }

  /** Returns an order's notifications by sequence. */
  rows(orderId: string): Promise<NotificationRow[]> {
    return this.app.database.query(
      `SELECT id, sequence, status, state, attempts, response_status_code, response_payload, delivered_at, due_at
         FROM notifications WHERE order_id = $1 ORDER BY sequence`,
      [orderId],
    );
  }

  /** Returns the recorded attempts at an order's notifications. */
  attempts(orderId: string): Promise<AttemptRow[]> {
    return this.app.database.query(
      `SELECT a.attempt, a.duration_ms, a.response_status_code, a.response_payload, a.error
         FROM notification_attempts a JOIN notifications n ON n.id = a.notification_id
        WHERE n.order_id = $1 ORDER BY n.sequence, a.attempt`,
      [orderId],
    );
  }

  /** Waits for at least this number of recorded attempts. */
  async waitForAttempts(orderId: string, count: number): Promise<AttemptRow[]> {
    return eventually(`${count} attempts`, async () => {
      const attempts = await this.attempts(orderId);
      return attempts.length >= count ? attempts : undefined;
    });
  }

  /** Waits until all of an order's notifications are in this state. */
  async waitForState(state: string, orderId: string): Promise<NotificationRow[]> {
    return eventually(`all notifications to be ${state}`, async () => {
      const rows = await this.rows(orderId);
      return rows.length > 0 && rows.every((row) => row.state === state) ? rows : undefined;
    });
  }

  /** Makes an order's next retry due now. */
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
