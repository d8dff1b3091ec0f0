import { Module, type DynamicModule } from '@nestjs/common';
import { Config } from './config.js';

/** Gives every module the checked configuration. */
@Module({})
export class PlatformModule {
  static with(config: Config): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      providers: [{ provide: Config, useValue: config }],
      exports: [Config],
    };
  }
}
