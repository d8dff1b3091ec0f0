import type { PgPubSub } from './pg-pub-sub.js';

/** A value of the database and how long it holds without a write, in ms of the database's clock; null if only a write changes it. */
export interface Reading<Value> {
  value: Value;
  validForMs: number | null;
}

/** `performance.now()` stands still while the machine sleeps. */
const MAX_LIFETIME_MS = 60_000;

interface Entry<Value> {
  value: Promise<Value>;
  /** In ms of `performance.now()`. */
  endsAt: number;
}

/**
 * A value cached until a channel signals a change, or until the time when it changes without a write. That time is counted from the
 * start of the reading, so that the value never lasts too long.
 */
export class SignalledCache<Value> {
  private entry: Entry<Value> | undefined;

  constructor(
    private readonly pubSub: Pick<PgPubSub, 'subscribe' | 'isConnected'>,
    private readonly channel: string,
    private readonly read: () => Promise<Reading<Value>>,
  ) {}

  /** Begins to listen for changes. */
  async subscribe(): Promise<void> {
    await this.pubSub.subscribe(this.channel, () => this.invalidate());
  }

  /** Returns the current value, the same object until it is read again. While no signals arrive, that is at each call. */
  async current(): Promise<Value> {
    if (!this.pubSub.isConnected) return (await this.read()).value;
    if (!this.entry || performance.now() >= this.entry.endsAt) this.entry = this.load();
    return this.entry.value;
  }

  /** Drops the value. Call it after a change, so that its author sees the change at once. */
  invalidate(): void {
    this.entry = undefined;
  }

  private load(): Entry<Value> {
    const startedAt = performance.now();
    const reading = this.read();
    const entry = { value: reading.then(({ value }) => value), endsAt: Infinity };
    reading.then(
      ({ validForMs }) => {
        if (validForMs !== null) entry.endsAt = startedAt + Math.min(validForMs, MAX_LIFETIME_MS);
      },
      () => {
        if (this.entry === entry) this.invalidate();
      },
    );
    return entry;
  }
}
