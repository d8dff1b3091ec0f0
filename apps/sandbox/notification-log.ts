import { Injectable } from '@nestjs/common';

const REMEMBERED = 1_000;

export interface ReceivedNotification {
  id: string | undefined;
  orderId: string | undefined;
  status: string;
  receivedAt: string;
}

/** What the simulated notification provider was told last. */
@Injectable()
export class NotificationLog {
  private readonly received: ReceivedNotification[] = [];

  add(notification: ReceivedNotification): void {
    this.received.unshift(notification);
    this.received.length = Math.min(this.received.length, REMEMBERED);
  }

  /** Newest first. */
  entries(): readonly ReceivedNotification[] {
    return this.received;
  }
}
