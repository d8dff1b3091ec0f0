import { Logger } from '@nestjs/common';

export interface OutboxDispatchOptions<Message> {
  maxConcurrent: number;
  /** Claims up to `limit` due messages. */
  claim: (limit: number) => Promise<Message[]>;
  send: (message: Message) => Promise<void>;
}

/** Sends the due messages of one outbox table, at most `maxConcurrent` at once. */
export class OutboxDispatch<Message> {
  private readonly log = new Logger(OutboxDispatch.name);
  private readonly inFlight = new Set<Promise<void>>();

  constructor(private readonly options: OutboxDispatchOptions<Message>) {}

  /** Claims due messages and starts to send them. Calls `onSent` after each. A rejected send is logged. */
  async dispatchDue(onSent: () => void): Promise<void> {
    const { maxConcurrent, claim, send } = this.options;
    const free = maxConcurrent - this.inFlight.size;
    const claimed = free > 0 ? await claim(free) : [];
    for (const message of claimed) {
      const sending = send(message)
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
}
