import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '#config';
import { DatabaseHealth } from './database-health.js';
import { dataSourceOptions, unlimitedOptions } from './data-source-options.js';
import { PgPubSub } from './pg-pub-sub.js';
import { PoolMetrics } from './pool-metrics.js';
import { PreparedStatements } from './prepared-statements.js';
import { StatementClient } from './statement-client.js';
import { Transactions } from './transactions.js';

const PROVIDERS = [Transactions, PreparedStatements, StatementClient, PgPubSub, DatabaseHealth, PoolMetrics];
const EXPORTS = [Transactions, PreparedStatements, StatementClient, PgPubSub, DatabaseHealth];

function connectWith(optionsOf: (config: Config) => ReturnType<typeof dataSourceOptions>): DynamicModule {
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
  imports: [connectWith(({ databaseUrl }) => dataSourceOptions(databaseUrl))],
  providers: PROVIDERS,
  exports: EXPORTS,
})
export class DatabaseModule {}

/** The same for a command that reads large tables: its statements have no limits of time. */
@Global()
@Module({
  imports: [connectWith(({ directDatabaseUrl }) => unlimitedOptions(directDatabaseUrl))],
  providers: PROVIDERS,
  exports: EXPORTS,
})
export class UnlimitedDatabaseModule {}
