import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { DataSource, QueryFailedError } from 'typeorm';
import type { Tx } from './transactions.js';

/** A statement that each connection parses once and then runs by its name. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** Names a statement. Only for statements that run with every order, status change or notification. */
export function preparedStatement(name: string, text: string): PreparedStatement {
  return { name, text };
}

/** Runs prepared statements, which TypeORM cannot send by name. */
@Injectable()
export class PreparedStatements {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Returns the statement's rows. Runs in `tx` if given, else on a connection of the pool.
   * @throws QueryFailedError as TypeORM does
   */
  async query<Row extends object>(
    { name, text }: PreparedStatement,
    values: unknown[],
    tx?: Tx,
  ): Promise<Row[]> {
    const own = tx?.queryRunner ? undefined : this.dataSource.createQueryRunner();
    try {
      const client: unknown = await (tx?.queryRunner ?? own)?.connect();
      if (!(client instanceof pg.Client)) throw new Error('TypeORM returned no pg client');
      this.dataSource.logger.logQuery(text, values);
      const { rows } = await client.query<Row>({ name, text, values });
      return rows;
    } catch (error) {
      throw error instanceof pg.DatabaseError ? new QueryFailedError(text, values, error) : error;
    } finally {
      await own?.release();
    }
  }
}
