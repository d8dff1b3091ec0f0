import { Injectable } from '@nestjs/common';
import { preparedStatement, PreparedStatements } from './prepared-statements.js';

/**
 * The part of a pg client that rate-limiter-flexible needs (`storeType: 'client'`). Its named statements are prepared like ours.
 * `rowCount` is the number of returned rows: 0 for a DELETE or UPDATE without RETURNING, so that `delete` of a limiter returns false.
 */
@Injectable()
export class StatementClient {
  constructor(private readonly statements: PreparedStatements) {}

  async query({
    name = 'library',
    text,
    values,
  }: {
    name?: string;
    text: string;
    values: unknown[];
  }): Promise<{ rows: object[]; rowCount: number }> {
    const rows = await this.statements.query(preparedStatement(name, text), values);
    return { rows, rowCount: rows.length };
  }
}
