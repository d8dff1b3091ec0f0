import { Injectable, Logger } from '@nestjs/common';
import { NotificationGateway } from './notification.gateway.js';
import { NotificationsRepository, type ClaimedNotification } from './notifications.repository.js';

/** Longer than the provider's timeout of 5 s, so that a claim does not expire during a send. */
const LEASE_MS = 15_000;
const MAX_CONCURRENT_SENDS = 10;
/** With the delays below, the attempts span about two hours. A manual retry allows as many again. */
const MAX_ATTEMPTS = 12;
const FIRST_DELAY_MS = 2_000;
const MAX_DELAY_MS = 15 * 60_000;

/** Sends queued notifications. Runs in the worker. */
@Injectable()
export class NotificationDispatcher {
  private readonly log = new Logger(NotificationDispatcher.name);
  private readonly inFlight = new Set<Promise<void>>();

  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly gateway: NotificationGateway,
  ) {}

  /** Claims due notifications and starts to send them, those of one order one after another. Calls `onSent` after each. */
  async dispatchDue(onSent: () => void): Promise<void> {
    const free = MAX_CONCURRENT_SENDS - this.inFlight.size;
    const claimed = free > 0 ? await this.notifications.claim(free, LEASE_MS) : [];
    for (const notification of claimed) {
      const sending = this.send(notification)
        .catch((error: unknown) => this.log.error(error))
        .finally(() => {
          this.inFlight.delete(sending);
          onSent();
        });
      this.inFlight.add(sending);
    }
  }

  /** Resolves once every started send has ended. */
  async drain(): Promise<void> {
    await Promise.all(this.inFlight);
  }

  private async send(claimed: ClaimedNotification): Promise<void> {
    const { id, orderId, sequence, status, attempts, attemptsBeforeRetry } = claimed;
    const attemptOfSeries = attempts - attemptsBeforeRetry;
    const startedAt = performance.now();
    const delivery = await this.gateway.deliver({ notificationId: id, orderId, sequence, status });
    const durationMs = Math.round(performance.now() - startedAt);
    const isDead = delivery.gone || attemptOfSeries >= MAX_ATTEMPTS;
    const state = delivery.accepted ? 'delivered' : isDead ? 'dead' : 'pending';
    const retryInMs = Math.max(delivery.retryAfterMs, backoffMs(attemptOfSeries));
    await this.notifications.record(claimed, { ...delivery, durationMs, state, retryInMs });
    const { responseStatusCode, responseBytes, error } = delivery;
    const response = { responseStatusCode, responseBytes, error };
    const fields = { notification: id, order: orderId, attempt: attempts, durationMs, ...response };
    if (state === 'delivered') this.log.log('A notification was delivered', fields);
    else if (state === 'dead') this.log.warn('A notification is dead', fields);
    else this.log.warn('A notification is tried again later', fields);
  }
}

/** Exponential backoff with full jitter: avoids a thundering herd after an outage. */
function backoffMs(attemptOfSeries: number): number {
  return Math.round(Math.random() * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attemptOfSeries - 1)));
}
