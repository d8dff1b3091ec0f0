import { Logger } from '@nestjs/common';
import type { PgPubSub } from '#database';

/** Limits a busy process to a hundred messages a second. */
const SEND_DELAY_MS = 10;

/** Wakes the worker through a channel. */
export class WorkerSignal {
  private readonly log = new Logger(WorkerSignal.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pubSub: Pick<PgPubSub, 'publish'>,
    private readonly channel: string,
  ) {}

  /** Wakes the worker once for all recent commits. If the message is lost, the worker's poll finds the rows. */
  send(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.pubSub.publish(this.channel).catch((error: unknown) => {
        this.log.warn('The worker was not woken', { channel: this.channel, reason: String(error) });
      });
    }, SEND_DELAY_MS).unref();
  }
}
