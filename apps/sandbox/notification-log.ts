import { Injectable } from '@nestjs/common';

const MAX_NOTIFICATIONS = 1_000;

export interface ReceivedNotification {
  id: string | undefined;
  orderId: string | undefined;
  status: string;
  sequence: string | undefined;
  timestamp: string | undefined;
  /** The `webhook-signature`. */
  signature: string | null;
  receivedAt: string;
}

/** The latest notifications that the simulated provider received. */
@Injectable()
export class NotificationLog {
  private readonly received: ReceivedNotification[] = [];

  add(notification: ReceivedNotification): void {
    this.received.unshift(notification);
    this.received.length = Math.min(this.received.length, MAX_NOTIFICATIONS);
  }

  /** Newest first. */
  entries(): readonly ReceivedNotification[] {
    return this.received;
  }
}
