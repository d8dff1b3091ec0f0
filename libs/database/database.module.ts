import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '#platform';
import { dataSourceOptions } from './data-source-options.js';
import { Signals } from './signals.js';
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
  providers: [Transactions, Signals],
  exports: [Transactions, Signals],
})
export class DatabaseModule {}
