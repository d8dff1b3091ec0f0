import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Failpoint } from '#config';
import {
  pageClauses,
  PreparedStatements,
  type PageCursor,
  type PageRequest,
  type Reader,
  type Tx,
} from '#database';
import { NotificationAttempt } from './notification-attempt.entity.js';
import { PENDING_STATES, type NotificationState } from './notification-state.js';
import { Notification } from './notification.entity.js';
import type { Delivery } from './notification.gateway.js';
import { CLAIM, ENQUEUE, RECORD, REQUEUE, REQUEUE_DEAD, SELECT_NOTIFICATION } from './notifications.sql.js';

/** A notification claimed for sending. */
export type ClaimedNotification = Pick<
  Notification,
  'id' | 'orderId' | 'sequence' | 'status' | 'attempts' | 'attemptsBeforeRetry' | 'requestId' | 'traceparent'
>;

/** What follows from a send. `retryInMs` counts only if the notification stays pending. */
export interface DeliveryRecord extends Delivery {
  durationMs: number;
  state: NotificationState;
  retryInMs: number;
}

/** The tables of notifications and their attempts. */
@Injectable()
export class NotificationsRepository {
  constructor(
    @InjectRepository(Notification) private readonly notifications: Repository<Notification>,
    private readonly statements: PreparedStatements,
  ) {}

  /** Stores a notification with the order's next number. The transaction holds the order's row lock. */
  async enqueue(
    notification: Pick<Notification, 'id' | 'orderId' | 'status' | 'requestId' | 'traceparent'>,
    tx: Tx,
  ): Promise<void> {
    const { id, orderId, status, requestId, traceparent } = notification;
    await this.statements.query(ENQUEUE, [id, orderId, status, requestId, traceparent], tx);
  }

  /** Claims up to `limit` due notifications for `leaseMs`. */
  @Failpoint('notification.claim')
  claim(limit: number, leaseMs: number): Promise<ClaimedNotification[]> {
    return this.notifications.query<ClaimedNotification[]>(CLAIM, [limit, leaseMs]);
  }

  /** Stores an attempt and updates its notification, unless it was claimed again meanwhile. */
  @Failpoint('notification.record')
  async record(claimed: ClaimedNotification, result: DeliveryRecord): Promise<void> {
    await this.statements.query(RECORD, [
      claimed.id,
      claimed.attempts,
      result.durationMs,
      result.responseStatusCode,
      JSON.stringify(result.responsePayload),
      result.error,
      result.state,
      result.retryInMs,
      PENDING_STATES,
    ]);
  }

  /** Returns a page of notifications, newest first. */
  list(page: PageRequest, state: NotificationState | undefined, reader: Reader): Promise<Notification[]> {
    const { clauses, parameters } = pageClauses('n', page, [['n.state = ?', state]]);
    return reader.query<Notification[]>(`${SELECT_NOTIFICATION} ${clauses}`, parameters);
  }

  /** Returns all attempts of these notifications, in order. */
  attempts(
    notificationIds: string[],
    reader: Reader = this.notifications.manager,
  ): Promise<NotificationAttempt[]> {
    return reader
      .createQueryBuilder(NotificationAttempt, 'a')
      .where('a.notification_id = ANY(:ids)', { ids: notificationIds })
      .orderBy('a.attempt')
      .getMany();
  }

  lockForUpdate(id: string, tx: Tx): Promise<Notification | null> {
    return tx.findOne(Notification, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Makes the notification pending and due now. Returns it. */
  async requeue(id: string, tx: Tx): Promise<Notification> {
    await tx.query(REQUEUE, [id]);
    return tx.findOneByOrFail(Notification, { id });
  }

  /** Makes up to `limit` dead notifications pending, the oldest after `after` and at `to` at the latest. Returns where they stand. */
  requeueDead(
    after: { createdAt: Date | '-infinity'; id: string },
    to: Date | 'infinity',
    limit: number,
    tx: Tx,
  ): Promise<PageCursor[]> {
    return tx.query<PageCursor[]>(REQUEUE_DEAD, [after.createdAt, after.id, to, limit]);
  }
}
