import { Module, type DynamicModule } from '@nestjs/common';
import { Metrics } from './metrics.js';
import { MetricsServer } from './metrics-server.js';

/** Provides the metrics to every module, and the server that shows them. */
@Module({})
export class MetricsModule {
  /** @param metrics those of another application in the same process, or new ones */
  static with(metrics: Metrics): DynamicModule {
    return {
      module: MetricsModule,
      global: true,
      providers: [{ provide: Metrics, useValue: metrics }, MetricsServer],
      exports: [Metrics],
    };
  }
}
