import { Injectable, Logger } from '@nestjs/common';
import { requestFields } from '#logging';
import { OutboxDispatch } from '#outbox';
import { backoffMs } from '#timing';
import { inSpan } from '#tracing';
import { NotificationGateway } from './notification.gateway.js';
import { NotificationsRepository, type ClaimedNotification } from './notifications.repository.js';

/** Longer than the provider's timeout of 5 s, so that a claim does not expire during a send. */
const LEASE_MS = 15_000;
const MAX_CONCURRENT_SENDS = 10;
/** With RETRY_BACKOFF, the attempts span about two hours. A manual retry allows as many again. */
const MAX_ATTEMPTS = 12;
const SEND_SPAN = { name: 'send notification', kind: 'consumer' } as const;
const RETRY_BACKOFF = { firstMs: 2_000, maxMs: 15 * 60_000 };

/** Sends queued notifications. Runs in the worker. */
@Injectable()
export class NotificationDispatcher {
  private readonly log = new Logger(NotificationDispatcher.name);
  private readonly outbox = new OutboxDispatch<ClaimedNotification>({
    maxConcurrent: MAX_CONCURRENT_SENDS,
    claim: (limit) => this.notifications.claim(limit, LEASE_MS),
    send: (notification) => inSpan(SEND_SPAN, notification.traceparent, () => this.send(notification)),
  });

  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly gateway: NotificationGateway,
  ) {}

  /** Claims due notifications and starts to send them, those of one order one after another. Calls `onSent` after each. */
  dispatchDue(onSent: () => void): Promise<void> {
    return this.outbox.dispatchDue(onSent);
  }

  /** Resolves once every started send has ended. */
  drain(): Promise<void> {
    return this.outbox.drain();
  }

  private async send(claimed: ClaimedNotification): Promise<void> {
    const { id, orderId, sequence, status, attempts, attemptsBeforeRetry, traceparent } = claimed;
    const attemptOfSeries = attempts - attemptsBeforeRetry;
    const startedAt = performance.now();
    const change = { notificationId: id, orderId, sequence, status, traceparent };
    const delivery = await this.gateway.deliver(change);
    const durationMs = Math.round(performance.now() - startedAt);
    const isDead = delivery.gone || attemptOfSeries >= MAX_ATTEMPTS;
    const state = delivery.accepted ? 'delivered' : isDead ? 'dead' : 'pending';
    const retryInMs = Math.max(delivery.retryAfterMs, retryDelayMs(attemptOfSeries));
    await this.notifications.record(claimed, { ...delivery, durationMs, state, retryInMs });
    const { responseStatusCode, responseBytes, error } = delivery;
    const response = { responseStatusCode, responseBytes, error };
    const sent = { notification: id, order: orderId, attempt: attempts, durationMs };
    const fields = { ...requestFields(claimed), ...sent, ...response };
    if (state === 'delivered') this.log.log('A notification was delivered', fields);
    else if (state === 'dead') this.log.warn('A notification is dead', fields);
    else this.log.warn('A notification is tried again later', fields);
  }
}

/** Exponential backoff with full jitter: avoids a thundering herd after an outage. */
function retryDelayMs(attemptOfSeries: number): number {
  return Math.round(Math.random() * backoffMs(attemptOfSeries, RETRY_BACKOFF));
}
