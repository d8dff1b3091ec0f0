import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuthModule } from '#auth';
import { CatalogModule } from '#catalog';
import { DatabaseModule, isUndefinedTable, waitForDatabase, withStartupLock } from '#database';
import { Config, ConfigModule, StartupError } from '#config';
import { DomainError } from '#errors';
import { createLogger, PinoLoggerService } from '#logging';

const NOT_MIGRATED = 'The database has no tables yet: run `npm run migrate` first';

@Module({})
class CommandModule {
  static with(config: Config): DynamicModule {
    return {
      module: CommandModule,
      imports: [ConfigModule.with(config), DatabaseModule, AuthModule, CatalogModule],
    };
  }
}

/**
 * Runs the work of a command on DATABASE_URL, one command at a time, and disconnects.
 * @throws StartupError if the database has no tables, and for a refusal of the business
 */
export async function withContext(
  work: (context: INestApplicationContext, config: Config) => Promise<void>,
): Promise<void> {
  const config = Config.forCommand();
  await waitForDatabase(config);
  const context = await NestFactory.createApplicationContext(CommandModule.with(config), {
    logger: new PinoLoggerService(createLogger(config)),
    abortOnError: false,
  });
  try {
    await withStartupLock(config.directDatabaseUrl, () => work(context, config));
  } catch (error) {
    if (isUndefinedTable(error)) throw new StartupError(NOT_MIGRATED);
    throw error instanceof DomainError ? new StartupError(`${error.detail}: nothing was changed`) : error;
  } finally {
    await context.close();
  }
}
