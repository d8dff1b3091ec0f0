import { Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { NotificationsModule } from '#notifications';
import { OrdersModule } from '#orders';
import { PlatformModule, type Config } from '#platform';
import { WorkerService } from './worker.service.js';

/** The same libs as the API, and no routes. */
@Module({})
export class WorkerModule {
  static with(config: Config): DynamicModule {
    return {
      module: WorkerModule,
      imports: [PlatformModule.with(config), DatabaseModule, OrdersModule, NotificationsModule],
      providers: [WorkerService],
    };
  }
}
