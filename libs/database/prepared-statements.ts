import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import pg from 'pg';
import { DataSource, QueryFailedError, type QueryRunner } from 'typeorm';
import { Config } from '#config';
import { isPreparedStatementLost } from './database-errors.js';
import { messageOf } from './error-message.js';
import type { Tx } from './transactions.js';

/** A statement that each connection parses once and then runs by its name. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/**
 * Names a statement. Only for statements that run with every order, status change or notification.
 * The name ends with a hash of the text: behind a connection pooler, processes of different releases share connections, and a name
 * must never run another text.
 */
export function preparedStatement(name: string, text: string): PreparedStatement {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { name: `${name}.${hash}`, text };
}

/** Runs prepared statements, which TypeORM cannot send by name. */
@Injectable()
export class PreparedStatements {
  private readonly log = new Logger(PreparedStatements.name);
  private isLossLogged = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  /**
   * Returns the statement's rows. Runs in `tx` if given, else on a connection of the pool. Outside a transaction, a statement that
   * its connection has lost runs once more, unprepared and on another connection.
   * @throws QueryFailedError as TypeORM does
   */
  async query<Row extends object>(statement: PreparedStatement, values: unknown[], tx?: Tx): Promise<Row[]> {
    const { text } = statement;
    const query = this.config.preparesStatements ? statement : { text };
    if (tx?.queryRunner) return this.run(tx.queryRunner, query, values);
    try {
      return await this.runOnPool(query, values);
    } catch (error) {
      if (!isPreparedStatementLost(error)) throw error;
      this.logLoss(error);
      return this.runOnPool({ text }, values);
    }
  }

  private async runOnPool<Row extends object>(
    query: Partial<PreparedStatement> & { text: string },
    values: unknown[],
  ): Promise<Row[]> {
    const connection = this.dataSource.createQueryRunner();
    try {
      return await this.run(connection, query, values);
    } finally {
      await connection.release();
    }
  }

  private async run<Row extends object>(
    connection: QueryRunner,
    query: Partial<PreparedStatement> & { text: string },
    values: unknown[],
  ): Promise<Row[]> {
    try {
      const client: unknown = await connection.connect();
      if (!(client instanceof pg.Client)) throw new Error('TypeORM returned no pg client');
      this.dataSource.logger.logQuery(query.text, values);
      const { rows } = await client.query<Row>({ ...query, values });
      return rows;
    } catch (error) {
      throw error instanceof pg.DatabaseError ? new QueryFailedError(query.text, values, error) : error;
    }
  }

  /** Once: behind a pooler that does not track prepared statements, this happens all the time. */
  private logLoss(error: unknown): void {
    if (this.isLossLogged) return;
    this.isLossLogged = true;
    const reason = messageOf(error);
    this.log.warn(
      'A prepared statement was lost. Behind a pooler that does not track them, set DATABASE_PREPARED_STATEMENTS=off',
      { reason },
    );
  }
}
