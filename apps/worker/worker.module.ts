import { Module, type DynamicModule } from '@nestjs/common';
import { StreamTicketsModule } from '#auth';
import { ConfigModule, type Config } from '#config';
import { DatabaseModule } from '#database';
import { Metrics, MetricsModule } from '#metrics';
import { MonitoringModule } from '#monitoring';
import { NotificationsModule } from '#notifications';
import { PlacementsModule } from '#placements';
import { RefundsModule } from '#refunds';
import { RetentionModule } from '#retention';
import { SessionsModule } from '#sessions';
import { TracingModule } from '#tracing';
import { Cleanups } from './cleanups.js';
import { WorkerHealth } from './worker-health.js';
import { WorkerService } from './worker.service.js';

/** The worker: the same libs as the API, without routes. */
@Module({})
export class WorkerModule {
  /** @param metrics those of the API in the same process, which already show the state of the database */
  static with(config: Config, metrics?: Metrics): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.with(config),
        MetricsModule.with(metrics ?? new Metrics()),
        ...(metrics ? [] : [MonitoringModule]),
        DatabaseModule,
        TracingModule,
        SessionsModule,
        StreamTicketsModule,
        NotificationsModule,
        RefundsModule,
        PlacementsModule,
        RetentionModule,
      ],
      providers: [WorkerService, WorkerHealth, Cleanups],
    };
  }
}
