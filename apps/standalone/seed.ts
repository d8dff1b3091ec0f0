import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuthModule } from '#auth';
import { CatalogModule } from '#catalog';
import { DatabaseModule, waitForDatabase, withStartupLock } from '#database';
import { Config, ConfigModule, startProcess } from '#config';
import { createLogger, PinoLoggerService } from '#logging';

@Module({})
class SeedModule {
  static with(config: Config): DynamicModule {
    return {
      module: SeedModule,
      imports: [ConfigModule.with(config), DatabaseModule, AuthModule, CatalogModule],
    };
  }
}

/** Runs one seed against DATABASE_URL. */
export async function runSeed(
  seed: (context: INestApplicationContext, config: Config) => Promise<void>,
): Promise<void> {
  await startProcess(async () => {
    const config = Config.from();
    await waitForDatabase(config);
    const context = await NestFactory.createApplicationContext(SeedModule.with(config), {
      logger: new PinoLoggerService(createLogger(config)),
      abortOnError: false,
    });
    try {
      await withStartupLock(config.directDatabaseUrl, () => seed(context, config));
    } finally {
      await context.close();
    }
  });
}
