import { Injectable, Logger } from '@nestjs/common';
import { PgPubSub, Transactions, type Tx } from '#database';
import { newId, type PageRequest } from '#database';
import type { NotificationAttempt } from './notification-attempt.entity.js';
import type { Notification, NotificationState } from './notification.entity.js';
import { NotificationGateway } from './notification.gateway.js';
import { NotificationNotDead, NotificationNotFound } from './notifications.errors.js';
import { NotificationsRepository, type ClaimedNotification } from './notifications.repository.js';

/** Tells the worker that a notification is due. */
export const NOTIFICATION_DUE = 'notification_due';

/** Longer than the provider's time-out of 5 s, so that a claim never lapses under a send; short enough to follow a crash. */
const LEASE_MS = 15_000;
/** So that one receiver's silence does not hold back the others. */
const AT_ONCE = 10;
/** A busy shop sends no more signals than a hundred a second. */
const WAKE_WITHIN_MS = 10;
/** With the delays below, tries go on for about two hours. */
const MAX_ATTEMPTS = 12;
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 15 * 60_000;

export interface NotificationWithAttempts {
  notification: Notification;
  attempts: NotificationAttempt[];
}

/** Status changes told to the notification provider: announced with the change, delivered by the worker, redriven by managers. */
@Injectable()
export class NotificationsService {
  private readonly log = new Logger(NotificationsService.name);
  private readonly underWay = new Set<Promise<void>>();
  private waking: NodeJS.Timeout | undefined;

  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly gateway: NotificationGateway,
    private readonly transactions: Transactions,
    private readonly signals: PgPubSub,
  ) {}

  /** Queues a notification as part of the change it tells of; `sequence` counts the order's changes from 1. */
  announce(change: { orderId: string; sequence: number; status: string }, tx: Tx): Promise<void> {
    return this.notifications.add({ id: newId(), ...change }, tx);
  }

  /** Wakes the worker soon after the commit, once for all changes until then; where the signal gets lost, its poll finds the rows. */
  wakeWorker(): void {
    this.waking ??= setTimeout(() => {
      this.waking = undefined;
      this.signals.send(NOTIFICATION_DUE).catch((error: unknown) => {
        this.log.warn('The worker was not woken', { reason: String(error) });
      });
    }, WAKE_WITHIN_MS).unref();
  }

  /** Starts to send what is due, an order's notifications one after the other; `onSent` is called after each. */
  async startDue(onSent: () => void): Promise<void> {
    const free = AT_ONCE - this.underWay.size;
    const claimed = free > 0 ? await this.notifications.claim(free, LEASE_MS) : [];
    for (const notification of claimed) {
      const sending = this.deliver(notification)
        .catch((error: unknown) => this.log.error(error))
        .finally(() => {
          this.underWay.delete(sending);
          onSent();
        });
      this.underWay.add(sending);
    }
  }

  /** Resolves when what is being sent has ended. */
  async finish(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** Newest first. */
  async list(page: PageRequest, state?: NotificationState): Promise<NotificationWithAttempts[]> {
    return this.withAttempts(await this.notifications.page(page, state));
  }

  /**
   * Gives a dead notification a new try at once; should it fail, further ones follow as at first.
   * @throws NotificationNotFound, NotificationNotDead
   */
  async redrive(id: string): Promise<NotificationWithAttempts> {
    const redriven = await this.transactions.run(async (tx) => {
      const notification = await this.notifications.lockForUpdate(id, tx);
      if (!notification) throw new NotificationNotFound();
      if (notification.state !== 'dead') throw new NotificationNotDead(notification.state);
      return this.notifications.makeDue(id, tx);
    });
    const [answer] = await this.withAttempts([redriven]);
    this.wakeWorker();
    if (!answer) throw new NotificationNotFound();
    return answer;
  }

  private async deliver(notification: ClaimedNotification): Promise<void> {
    const startedAt = performance.now();
    const delivery = await this.gateway.deliver({
      notificationId: notification.id,
      orderId: notification.orderId,
      status: notification.status,
    });
    const durationMs = Math.round(performance.now() - startedAt);
    const state = delivery.accepted
      ? 'delivered'
      : notification.attempts % MAX_ATTEMPTS === 0
        ? 'dead'
        : 'pending';
    await this.notifications.record(
      notification,
      { ...delivery, durationMs },
      state,
      retryDelayMs(notification.attempts),
    );
    const facts = {
      notification: notification.id,
      order: notification.orderId,
      attempt: notification.attempts,
      durationMs,
      ...delivery,
    };
    if (delivery.accepted) this.log.log('A notification was delivered', facts);
    else this.log.warn(`A notification is ${state === 'dead' ? 'dead' : 'tried again later'}`, facts);
  }

  private async withAttempts(notifications: Notification[]): Promise<NotificationWithAttempts[]> {
    const attempts = await this.notifications.attempts(notifications.map(({ id }) => id));
    return notifications.map((notification) => ({
      notification,
      attempts: attempts.filter(({ notificationId }) => notificationId === notification.id),
    }));
  }
}

/** Exponential backoff with full jitter: a crowd of failed sends spreads out instead of returning together. */
function retryDelayMs(attempt: number): number {
  const inRound = (attempt - 1) % MAX_ATTEMPTS;
  return Math.round(Math.random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** inRound));
}
