import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PgPubSub } from '#database';
import { NOTIFICATION_DUE, NotificationsService } from '#notifications';
import { IdempotencyKeyCleanup, ChargeAttemptsService } from '#placements';
import { Config } from '#config';
import { PollingLoop } from './polling-loop.js';

/** PgPubSub wake the delivery at once; this is for the ones that got lost and for retries that come due. */
const DELIVERY_POLL_MS = 1_000;
const REAP_INTERVAL_MS = 60 * 60_000;

/** Everything that goes on without a request. */
@Injectable()
export class WorkerService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly delivery: PollingLoop;
  private readonly loops: PollingLoop[];

  constructor(
    config: Config,
    private readonly notifications: NotificationsService,
    settlement: ChargeAttemptsService,
    keys: IdempotencyKeyCleanup,
    private readonly signals: PgPubSub,
  ) {
    this.delivery = new PollingLoop('notification delivery', DELIVERY_POLL_MS, () =>
      this.notifications.startDue(() => this.delivery.wake()),
    );
    this.loops = [
      this.delivery,
      new PollingLoop('placement recovery', config.recoveryIntervalMs, () => settlement.recover()),
      new PollingLoop('key reaping', REAP_INTERVAL_MS, () => keys.reap()),
    ];
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.signals.listen(NOTIFICATION_DUE, () => this.delivery.wake());
    for (const loop of this.loops) loop.wake();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
    await this.notifications.finish();
  }
}
