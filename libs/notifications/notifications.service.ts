import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Config } from '#config';
import {
  CoalescedSignal,
  newId,
  PgPubSub,
  Transactions,
  type PageCursor,
  type PageRequest,
  type Tx,
} from '#database';
import type { RequestContext } from '#tracing';
import type { Actor } from '#users';
import type { NotificationAttempt } from './notification-attempt.entity.js';
import { NOTIFICATION_TRANSITIONS, type NotificationState } from './notification-state.js';
import type { Notification } from './notification.entity.js';
import { NotificationNotDead, NotificationNotFound } from './notifications.errors.js';
import { NotificationsRepository } from './notifications.repository.js';

/** The channel on which the worker learns that a notification is due. */
export const NOTIFICATION_DUE = 'notification_due';

/** A batch takes a tenth of the time after which the database cancels a statement. */
const RETRY_BATCH_SIZE = 10_000;
/** Before every other id. */
const NIL_ID = '00000000-0000-0000-0000-000000000000';

/** A range of times of creation, both ends included. */
export interface CreatedWithin {
  from?: Date;
  to?: Date;
}

export interface NotificationWithAttempts {
  notification: Notification;
  attempts: NotificationAttempt[];
}

/** Queues notifications, and lets managers list and retry them. `NotificationDispatcher` sends them. */
@Injectable()
export class NotificationsService {
  private readonly signal: CoalescedSignal;

  constructor(
    private readonly config: Config,
    private readonly notifications: NotificationsRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    pubSub: PgPubSub,
  ) {
    this.signal = new CoalescedSignal(pubSub, NOTIFICATION_DUE);
  }

  /** Queues a notification in the transaction of its status change, which holds the order's row lock. */
  enqueue(
    change: { orderId: string; status: string },
    { requestId, traceparent }: RequestContext,
    tx: Tx,
  ): Promise<void> {
    return this.notifications.enqueue({ id: newId(), ...change, requestId, traceparent }, tx);
  }

  /** Tells the worker, after the commit, that notifications are due. */
  wakeWorker(): void {
    this.signal.send();
  }

  /** Wakes the worker if placed orders have a notification. It was stored with the order. */
  wakeForPlacedOrder(): void {
    if (this.config.notification.includesPlacedOrders) this.wakeWorker();
  }

  /** Returns a page of notifications with their attempts, newest first. */
  async list(page: PageRequest, state?: NotificationState): Promise<NotificationWithAttempts[]> {
    const [notifications, attempts] = await this.transactions.readList(async (reader) => {
      const listed = await this.notifications.list(page, state, reader);
      const ids = listed.map(({ id }) => id);
      return [listed, await this.notifications.attempts(ids, reader)] as const;
    });
    return notifications.map((notification) => ({
      notification,
      attempts: attempts.filter(({ notificationId }) => notificationId === notification.id),
    }));
  }

  /**
   * Makes a dead notification pending and due now, with a new series of attempts.
   * @throws NotificationNotFound, NotificationNotDead
   */
  async retry(id: string, actor: Actor): Promise<NotificationWithAttempts> {
    const requeued = await this.transactions.run(async (tx) => {
      const notification = await this.notifications.lockForUpdate(id, tx);
      if (!notification) throw new NotificationNotFound();
      if (!NOTIFICATION_TRANSITIONS[notification.state].includes('pending'))
        throw new NotificationNotDead(notification.state);
      const pending = await this.notifications.requeue(id, tx);
      const change = { before: { state: notification.state }, after: { state: pending.state } };
      const subject = { type: 'notification', id } as const;
      await this.audit.record({ actor, action: 'notification.redrive', subject, ...change }, tx);
      return pending;
    });
    this.wakeWorker();
    const attempts = await this.notifications.attempts([id]);
    return { notification: requeued, attempts };
  }

  /**
   * Retries all dead notifications that were created in the range. Returns how many. Each batch is committed on its own, so a failure
   * leaves the rest dead for the next call. The audit entry is committed with the first one.
   */
  async retryAllDead(range: CreatedWithin, actor: Actor): Promise<number> {
    const { from = '-infinity', to = 'infinity' } = range;
    let after: Parameters<NotificationsRepository['requeueDead']>[0] = { createdAt: from, id: NIL_ID };
    let count = 0;
    let batch: PageCursor[];
    do {
      batch = await this.transactions.run(async (tx) => {
        const requeued = await this.notifications.requeueDead(after, to, RETRY_BATCH_SIZE, tx);
        if (count === 0 && requeued.length > 0) await this.recordRetryOfAll(range, actor, tx);
        return requeued;
      });
      after = batch.at(-1) ?? after;
      count += batch.length;
    } while (batch.length === RETRY_BATCH_SIZE);
    this.wakeWorker();
    return count;
  }

  private recordRetryOfAll({ from, to }: CreatedWithin, actor: Actor, tx: Tx): Promise<void> {
    const subject = { type: 'notification', id: null } as const;
    const change = {
      before: { state: 'dead' },
      after: { state: 'pending', from: from ?? null, to: to ?? null },
    };
    return this.audit.record({ actor, action: 'notification.redrive_all', subject, ...change }, tx);
  }
}
