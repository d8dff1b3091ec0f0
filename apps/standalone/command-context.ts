import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CatalogModule } from '#catalog';
import { Config, ConfigModule, environment, isProductionEnvironment, StartupError } from '#config';
import { DatabaseModule, isUndefinedTable, waitForDatabase, withStartupLock } from '#database';
import { DomainError } from '#errors';
import { createLogger, PinoLoggerService } from '#logging';
import { Metrics, MetricsModule } from '#metrics';
import { ReconciliationModule } from '#reconciliation';
import { UsersModule } from '#users';
import { DATA_FOLDER, postgresFolder } from './data-folder.js';
import { urlOfRunningPostgres } from './postgres/embedded-postgres.js';

const NOT_MIGRATED = 'The database has no tables yet: run `npm run migrate` first';

type Work = (context: INestApplicationContext, config: Config) => Promise<void>;

@Module({})
class CommandModule {
  static with(config: Config): DynamicModule {
    return {
      module: CommandModule,
      imports: [
        ConfigModule.with(config),
        MetricsModule.with(new Metrics()),
        DatabaseModule,
        CatalogModule,
        UsersModule,
        ReconciliationModule,
      ],
    };
  }
}

/**
 * Runs the work of a command, one command at a time, and disconnects. The database is that of DATABASE_URL or, in development without
 * it, that of a running `npm start`.
 * @throws StartupError if the database has no tables, and for a refusal of the business
 */
export async function withContext(work: Work): Promise<void> {
  const config = Config.forCommand(await commandEnvironment());
  await run(config, (context) => withStartupLock(config.directDatabaseUrl, () => work(context, config)));
}

/** Runs the work of a command that only reads, however long it takes, beside other commands. */
export async function withReadingContext(work: Work): Promise<void> {
  await run(Config.forCommand(await commandEnvironment(), { limitsDatabaseTime: false }), work);
}

async function run(config: Config, work: Work): Promise<void> {
  await waitForDatabase(config);
  const context = await NestFactory.createApplicationContext(CommandModule.with(config), {
    logger: new PinoLoggerService(createLogger(config)),
    abortOnError: false,
  });
  try {
    await work(context, config);
  } catch (error) {
    if (isUndefinedTable(error)) throw new StartupError(NOT_MIGRATED);
    throw error instanceof DomainError ? new StartupError(`${error.detail}: nothing was changed`) : error;
  } finally {
    await context.close();
  }
}

async function commandEnvironment(): Promise<NodeJS.ProcessEnv> {
  const given = environment();
  if (given.DATABASE_URL?.trim() || isProductionEnvironment(given)) return given;
  return { ...given, DATABASE_URL: await urlOfRunningPostgres(postgresFolder(DATA_FOLDER)) };
}
