import 'reflect-metadata';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Config, ConfigModule } from '#config';
import { DatabaseModule } from '#database';
import { Metrics, MetricsModule } from '#metrics';
import {
  ReconciliationModule,
  ReconciliationService,
  type Finding,
  type Movement,
  type Period,
  type Reconciliation,
} from '#reconciliation';
import { createSeededDatabase, type TestDatabase } from './database.js';
import { PastDays } from './past-days.js';
import type { Row } from './statement.js';

@Module({})
class Root {}

/** The day of the statement, which ends at midnight. */
export const NOON = '2026-03-10T12:00:00Z';
const DAY = { from: new Date('2026-03-10T00:00:00Z'), to: new Date('2026-03-11T00:00:00Z') };

/** A row of a statement. */
export function charge(key: string, valueCents = 430, at = NOON): Row {
  return { kind: 'charge', key, valueCents, time: new Date(at), chargeKey: null };
}

/** A row of a statement. */
export function refund(key: string, chargeKey: string, valueCents = 430, at = NOON): Row {
  return { kind: 'refund', key, valueCents, time: new Date(at), chargeKey };
}

export interface Comparison extends Reconciliation {
  found: Finding[];
}

/** The comparison on a seeded database. */
export class ReconciliationContext {
  private constructor(
    readonly database: TestDatabase,
    readonly past: PastDays,
    private readonly context: INestApplicationContext,
  ) {}

  static async start(): Promise<ReconciliationContext> {
    return ReconciliationContext.on(await createSeededDatabase());
  }

  /** Compares with a database that another context or app uses and drops. */
  static async on(database: TestDatabase): Promise<ReconciliationContext> {
    const config = Config.forCommand(
      { APP_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: database.url },
      { limitsDatabaseTime: false },
    );
    const imports = [
      ConfigModule.with(config),
      MetricsModule.with(new Metrics()),
      DatabaseModule,
      ReconciliationModule,
    ];
    const context = await NestFactory.createApplicationContext({ module: Root, imports }, { logger: false });
    return new ReconciliationContext(database, new PastDays(database), context);
  }

  /** Compares the rows, by default as a statement of the whole day. */
  async reconcile(rows: Row[], period: Partial<Period> = DAY): Promise<Comparison> {
    const found: Finding[] = [];
    async function* statement(): AsyncGenerator<Movement[]> {
      yield rows.map((row, index) => ({ ...row, line: index + 2 }));
    }
    const service = this.context.get(ReconciliationService, { strict: false });
    const result = await service.reconcile(statement(), period, (finding) => found.push(finding));
    return { ...result, found };
  }

  /** Compares the rows. Returns the codes and keys of the findings. Throws if they do not explain the totals. */
  async findings(...parameters: Parameters<ReconciliationContext['reconcile']>): Promise<string[][]> {
    const { found, isExplained } = await this.reconcile(...parameters);
    if (!isExplained) throw new Error('The findings do not explain the differences of the totals');
    return found.map(({ code, key }) => [code, key]);
  }

  /** Deletes all orders, charges and refunds. */
  async clear(): Promise<void> {
    await this.database.query('TRUNCATE orders, order_placements CASCADE');
  }

  /** Leaves the database to its owner. */
  disconnect(): Promise<void> {
    return this.context.close();
  }

  async close(): Promise<void> {
    await this.disconnect();
    await this.database.drop();
  }
}
