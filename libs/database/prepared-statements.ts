import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { Tx } from './transactions.js';

/** A statement that each connection parses once and then runs by its name. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** Names a hot statement. Use it only for statements that run with every order or every read of one. */
export function preparedStatement(name: string, text: string): PreparedStatement {
  return { name, text };
}

/** Runs prepared statements, which TypeORM cannot send by name. */
@Injectable()
export class PreparedStatements {
  constructor(private readonly dataSource: DataSource) {}

  /** Returns the statement's rows. Runs in `tx` if given, else on a connection from the pool. */
  async query<Row extends object>(
    { name, text }: PreparedStatement,
    values: unknown[],
    tx?: Tx,
  ): Promise<Row[]> {
    const runner = tx?.queryRunner ?? this.dataSource.createQueryRunner();
    try {
      const client: unknown = await runner.connect();
      if (!(client instanceof pg.Client)) throw new Error('TypeORM returned no pg client');
      const { rows } = await client.query<Row>({ name, text, values });
      return rows;
    } finally {
      if (!tx) await runner.release();
    }
  }
}
