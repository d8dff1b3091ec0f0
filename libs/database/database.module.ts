import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '#config';
import { dataSourceOptions } from './data-source-options.js';
import { PgPubSub } from './pg-pub-sub.js';
import { Transactions } from './transactions.js';

/** One connection pool a process, transactions and signals for every lib. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({ ...dataSourceOptions(config.databaseUrl), autoLoadEntities: true }),
    }),
  ],
  providers: [Transactions, PgPubSub],
  exports: [Transactions, PgPubSub],
})
export class DatabaseModule {}
