import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '#config';
import { PgPubSub } from '#database';
import { NOTIFICATION_DUE, NotificationDispatcher } from '#notifications';
import { RecoveryService } from '#placements';
import { REFUND_DUE, RefundDispatcher } from '#refunds';
import { Cleanups } from './cleanups.js';
import { PollingLoop } from './polling-loop.js';

/** A message wakes a dispatch at once. The poll is for lost messages and due retries. */
const DISPATCH_INTERVAL_MS = 1_000;

/**
 * After how long a turn is stuck. The longest one recovers placements: three statements of at most 10 s with the wait for a connection,
 * 2 s for a slot, a charge of at most 120 s, and 5 s for its outcome. Without the database turns fail in seconds.
 */
const STUCK_AFTER_MS = 5 * 60_000;

/** Sends what is due. `onSent` is called after each send. */
interface Dispatcher {
  dispatchDue(onSent: () => void): Promise<void>;
  drain(): Promise<void>;
}

/** Runs the work that needs no request. */
@Injectable()
export class WorkerService implements OnModuleDestroy {
  private readonly dispatchers: Dispatcher[];
  /** By the channel whose messages wake them. */
  private readonly dispatches: Record<string, PollingLoop>;
  private readonly loops: PollingLoop[];

  constructor(
    config: Config,
    notifications: NotificationDispatcher,
    refunds: RefundDispatcher,
    recovery: RecoveryService,
    cleanups: Cleanups,
    private readonly pubSub: PgPubSub,
  ) {
    this.dispatchers = [notifications, refunds];
    this.dispatches = {
      [NOTIFICATION_DUE]: dispatchLoop('notification delivery', notifications),
      [REFUND_DUE]: dispatchLoop('refunding', refunds),
    };
    this.loops = [
      ...Object.values(this.dispatches),
      new PollingLoop(
        'placement recovery',
        { intervalMs: config.recoveryIntervalMs, stuckAfterMs: STUCK_AFTER_MS },
        () => recovery.recover(),
      ),
      ...cleanups.loops,
    ];
  }

  /** The names of the loops that are stuck: see PollingLoop. */
  get stuckLoops(): string[] {
    return this.loops.filter(({ isStuck }) => isStuck).map(({ name }) => name);
  }

  /** Begins to work. */
  async start(): Promise<void> {
    for (const [channel, dispatch] of Object.entries(this.dispatches))
      await this.pubSub.subscribe(channel, () => dispatch.wake());
    for (const loop of this.loops) loop.wake();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
    await Promise.all(this.dispatchers.map((dispatcher) => dispatcher.drain()));
  }
}

function dispatchLoop(name: string, dispatcher: Dispatcher): PollingLoop {
  const pace = { intervalMs: DISPATCH_INTERVAL_MS, stuckAfterMs: STUCK_AFTER_MS };
  const loop: PollingLoop = new PollingLoop(name, pace, () => dispatcher.dispatchDue(() => loop.wake()));
  return loop;
}
