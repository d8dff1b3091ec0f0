import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, RouterModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AuthModule } from '#auth';
import { DatabaseModule } from '#database';
import { ConfigModule, type Config } from '#config';
import { Metrics, MetricsModule } from '#metrics';
import { MonitoringModule } from '#monitoring';
import { TracingModule } from '#tracing';
import { JwtAuthGuard } from './auth/jwt-auth.guard.js';
import { RolesGuard } from './auth/roles.guard.js';
import { HealthController } from './health/health.controller.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { ValidationPipe } from './problem/validation.pipe.js';
import { RootController } from './root/root.controller.js';
import { RoutesModule } from './routes.module.js';

/** The API: all routes, with the same guards, validation and problem details for each. */
@Module({})
export class ApiModule {
  static with(config: Config, metrics = new Metrics()): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        ConfigModule.with(config),
        MetricsModule.with(metrics),
        DatabaseModule,
        TracingModule,
        AuthModule,
        MonitoringModule,
        TerminusModule.forRoot({ logger: false }),
        RoutesModule,
        RouterModule.register([{ path: config.apiPrefix, module: RoutesModule }]),
      ],
      controllers: [RootController, HealthController],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: ValidationPipe },
        { provide: APP_GUARD, useClass: JwtAuthGuard },
        { provide: APP_GUARD, useClass: RolesGuard },
      ],
    };
  }
}
