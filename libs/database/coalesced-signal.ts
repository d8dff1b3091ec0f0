import { Logger } from '@nestjs/common';
import type { PgPubSub } from './pg-pub-sub.js';

/** Limits a busy process to a hundred messages a second. */
const SEND_DELAY_MS = 10;

/** Tells other processes through a channel that something changed: one message for all recent commits. */
export class CoalescedSignal {
  private readonly log = new Logger(CoalescedSignal.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pubSub: Pick<PgPubSub, 'publish'>,
    private readonly channel: string,
  ) {}

  /** Sends the message soon. Call it after a commit. If the message is lost, the receiver's poll finds the change. */
  send(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.pubSub.publish(this.channel).catch((error: unknown) => {
        this.log.warn('A signal was not sent', { channel: this.channel, reason: String(error) });
      });
    }, SEND_DELAY_MS).unref();
  }
}
