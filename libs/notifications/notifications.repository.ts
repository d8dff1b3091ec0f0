import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Failpoint } from '#config';
import { type PageRequest } from '#database';
import type { Tx } from '#database';
import { NotificationAttempt } from './notification-attempt.entity.js';
import { Notification, type NotificationState } from './notification.entity.js';
import type { Delivery } from './notification.gateway.js';

/** A claim, and the row that it was made on. */
export type ClaimedNotification = Pick<Notification, 'id' | 'orderId' | 'status' | 'attempts'>;

const ADD = 'INSERT INTO notifications (id, order_id, sequence, status) VALUES ($1, $2, $3, $4)';

/**
 * The oldest due ones, never one whose order has an earlier one still to be sent. A state beside an id is compared as text, here and below:
 * the index of what is pending, empty when the statement was planned, would else be read whole for each of a backlog.
 */
const CLAIM = `
  WITH due AS (
    SELECT n.id FROM notifications n
     WHERE n.state = 'pending' AND n.due_at <= now()
       AND NOT EXISTS (SELECT 1 FROM notifications earlier
                        WHERE earlier.order_id = n.order_id AND earlier.sequence < n.sequence AND earlier.state::text = 'pending')
     ORDER BY n.due_at LIMIT $1
       FOR UPDATE SKIP LOCKED),
  claimed AS (
    UPDATE notifications n SET attempts = n.attempts + 1, due_at = now() + make_interval(secs => $2 / 1000.0)
      FROM due WHERE n.id = due.id
    RETURNING n.id, n.order_id AS "orderId", n.status, n.attempts, n.sequence)
  SELECT * FROM claimed`;

/** The attempt is kept whatever became of the row meanwhile; the row only follows the newest claim. */
export const RECORD = `
  WITH attempted AS (
    INSERT INTO notification_attempts (notification_id, attempt, started_at, duration_ms, response_status_code, response_payload, error)
    VALUES ($1, $2, now() - make_interval(secs => $3 / 1000.0), $3, $4, $5, $6))
  UPDATE notifications
     SET state = $7::notification_state, response_status_code = $4, response_payload = $5,
         due_at = now() + make_interval(secs => $8 / 1000.0),
         delivered_at = CASE WHEN $7::notification_state = 'delivered' THEN now() END
   WHERE id = $1 AND attempts = $2 AND state::text = 'pending'`;

/** The notifications' and their attempts' tables. */
@Injectable()
export class NotificationsRepository {
  constructor(@InjectRepository(Notification) private readonly notifications: Repository<Notification>) {}

  async add(
    notification: Pick<Notification, 'id' | 'orderId' | 'sequence' | 'status'>,
    tx: Tx,
  ): Promise<void> {
    const { id, orderId, sequence, status } = notification;
    await tx.query(ADD, [id, orderId, sequence, status]);
  }

  /** Claims up to `limit` due notifications for `leaseMs`. */
  @Failpoint('notification.claim')
  claim(limit: number, leaseMs: number): Promise<ClaimedNotification[]> {
    return this.notifications.query<ClaimedNotification[]>(CLAIM, [limit, leaseMs]);
  }

  /** Keeps an attempt and moves its notification on; `nextInMs` counts for one that stays pending. */
  @Failpoint('notification.record')
  async record(
    claimed: ClaimedNotification,
    delivery: Delivery & { durationMs: number },
    state: NotificationState,
    nextInMs: number,
  ): Promise<void> {
    await this.notifications.query(RECORD, [
      claimed.id,
      claimed.attempts,
      delivery.durationMs,
      delivery.responseStatusCode,
      JSON.stringify(delivery.responsePayload),
      delivery.error,
      state,
      nextInMs,
    ]);
  }

  /** Newest first. */
  page({ limit, after }: PageRequest, state?: NotificationState): Promise<Notification[]> {
    const query = this.notifications
      .createQueryBuilder('n')
      .orderBy('n.createdAt', 'DESC')
      .addOrderBy('n.id', 'DESC')
      .limit(limit);
    if (state) query.andWhere('n.state = :state', { state });
    if (after) query.andWhere('(n.created_at, n.id) < (:createdAt, :id)', after);
    return query.getMany();
  }

  attempts(notificationIds: string[]): Promise<NotificationAttempt[]> {
    return this.notifications.manager
      .createQueryBuilder(NotificationAttempt, 'a')
      .where('a.notification_id = ANY(:ids)', { ids: notificationIds })
      .orderBy('a.attempt')
      .getMany();
  }

  lockForUpdate(id: string, tx: Tx): Promise<Notification | null> {
    return tx.findOne(Notification, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async makeDue(id: string, tx: Tx): Promise<Notification> {
    await tx.update(Notification, { id }, { state: 'pending', dueAt: () => 'now()' });
    return tx.findOneByOrFail(Notification, { id });
  }
}
