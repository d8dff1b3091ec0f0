import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '#config';
import { PgPubSub } from '#database';
import { NOTIFICATION_DUE, NotificationDispatcher } from '#notifications';
import { IdempotencyKeyCleanup, RecoveryService } from '#placements';
import { PollingLoop } from './polling-loop.js';

/** A message wakes the dispatch at once. The poll is for lost messages and due retries. */
const DISPATCH_INTERVAL_MS = 1_000;
const KEY_CLEANUP_INTERVAL_MS = 60 * 60_000;

/** Runs the work that needs no request. */
@Injectable()
export class WorkerService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly dispatch: PollingLoop;
  private readonly loops: PollingLoop[];

  constructor(
    config: Config,
    private readonly dispatcher: NotificationDispatcher,
    recovery: RecoveryService,
    keys: IdempotencyKeyCleanup,
    private readonly pubSub: PgPubSub,
  ) {
    this.dispatch = new PollingLoop('notification delivery', DISPATCH_INTERVAL_MS, () =>
      this.dispatcher.dispatchDue(() => this.dispatch.wake()),
    );
    this.loops = [
      this.dispatch,
      new PollingLoop('placement recovery', config.recoveryIntervalMs, () => recovery.recover()),
      new PollingLoop('idempotency key cleanup', KEY_CLEANUP_INTERVAL_MS, () => keys.deleteExpired()),
    ];
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.pubSub.subscribe(NOTIFICATION_DUE, () => this.dispatch.wake());
    for (const loop of this.loops) loop.wake();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
    await this.dispatcher.drain();
  }
}
