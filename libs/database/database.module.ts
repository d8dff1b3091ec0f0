import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions } from 'typeorm';
import { Config } from '#config';
import { DatabaseHealth } from './database-health.js';
import { dataSourceOptions, unlimitedOptions } from './data-source-options.js';
import { PgPubSub } from './pg-pub-sub.js';
import { PreparedStatements } from './prepared-statements.js';
import { StatementClient } from './statement-client.js';
import { Transactions } from './transactions.js';

const PROVIDERS = [Transactions, PreparedStatements, StatementClient, PgPubSub, DatabaseHealth];

function connect(optionsOf: (config: Config) => DataSourceOptions): DynamicModule {
  return TypeOrmModule.forRootAsync({
    inject: [Config],
    useFactory: (config: Config) => ({
      ...optionsOf(config),
      autoLoadEntities: true,
      // Programs call waitForDatabase before they start.
      toRetry: () => false,
    }),
  });
}

/** One connection pool per process, with what every lib needs to use it. */
@Global()
@Module({
  imports: [connect((config) => dataSourceOptions(config.databaseUrl))],
  providers: PROVIDERS,
  exports: PROVIDERS,
})
export class DatabaseModule {}

/** The same without limits of time, for a command that reads large tables. */
@Global()
@Module({
  imports: [connect((config) => unlimitedOptions(config.directDatabaseUrl))],
  providers: PROVIDERS,
  exports: PROVIDERS,
})
export class UnlimitedDatabaseModule {}
