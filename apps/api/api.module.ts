import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, RouterModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseModule } from '#database';
import { PlatformModule, type Config } from '#platform';
import { JwtAuthGuard } from './auth/jwt-auth.guard.js';
import { RolesGuard } from './auth/roles.guard.js';
import { HealthController } from './health.controller.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { ValidationPipe } from './problem/validation.pipe.js';
import { RootController } from './root.controller.js';
import { ShopModule } from './shop.module.js';
import { ShuttingDownMiddleware } from './shutting-down.middleware.js';

/** The API: the shop's routes, and for every route the same guards, validation and problem details. */
@Module({})
export class ApiModule {
  static with(config: Config): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PlatformModule.with(config),
        DatabaseModule,
        TerminusModule.forRoot({ logger: false }),
        ShopModule,
        RouterModule.register([{ path: config.apiPrefix, module: ShopModule }]),
      ],
      controllers: [RootController, HealthController],
      providers: [
        ShuttingDownMiddleware,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: ValidationPipe },
        { provide: APP_GUARD, useClass: JwtAuthGuard },
        { provide: APP_GUARD, useClass: RolesGuard },
      ],
    };
  }
}
