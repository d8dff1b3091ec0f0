import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '#config';
import { DatabaseHealth } from './database-health.js';
import { dataSourceOptions, unlimitedOptions } from './data-source-options.js';
import { PgPubSub } from './pg-pub-sub.js';
import { PoolMetrics } from './pool-metrics.js';
import { PreparedStatements } from './prepared-statements.js';
import { ReadDatabase } from './read-database.js';
import { StatementClient } from './statement-client.js';
import { Transactions } from './transactions.js';

/** One connection pool per process, and one for the replica if there is one, with what every lib needs to use it. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({
        ...(config.limitsDatabaseTime
          ? dataSourceOptions(config.databaseUrl, config.databasePoolSize)
          : unlimitedOptions(config.directDatabaseUrl)),
        autoLoadEntities: true,
        // Programs call waitForDatabase before they start.
        toRetry: () => false,
      }),
    }),
  ],
  providers: [
    Transactions,
    ReadDatabase,
    PreparedStatements,
    StatementClient,
    PgPubSub,
    DatabaseHealth,
    PoolMetrics,
  ],
  exports: [Transactions, PreparedStatements, StatementClient, PgPubSub, DatabaseHealth],
})
export class DatabaseModule {}
