import type { DataSource, Logger } from 'typeorm';
import { GROWING_TABLES } from './seed-history.js';

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
}

/** A statement as the product ran it. */
export interface Statement {
  sql: string;
  parameters: unknown[];
}

/** What a statement reads when it is run once more. */
export interface StatementCost {
  /** Of 8 KB. */
  pages: number;
  ms: number;
  indexes: string[];
  /** Tables that grow and that were read from end to end. */
  fullScans: string[];
}

/** Writes down what the product asks of its database, to ask it once more. */
export class StatementLog {
  private current: Statement[] | undefined;

  constructor(private readonly dataSource: DataSource) {
    const quiet = (): undefined => undefined;
    const logger: Logger = {
      logQuery: (sql, parameters: unknown[] = []) => {
        if (/^\s*(SELECT|WITH|UPDATE|DELETE)\b/.test(sql)) this.current?.push({ sql, parameters });
      },
      logQueryError: quiet,
      logQuerySlow: quiet,
      logSchemaBuild: quiet,
      logMigration: quiet,
      log: quiet,
    };
    dataSource.logger = logger;
  }

  /** The statements that run while this is done. */
  async capture(work: () => PromiseLike<unknown>): Promise<Statement[]> {
    const statements: Statement[] = [];
    this.current = statements;
    await work();
    this.current = undefined;
    return statements;
  }

  /** Runs it once more, and undoes what it did. */
  async explain({ sql, parameters }: Statement): Promise<StatementCost> {
    const runner = this.dataSource.createQueryRunner();
    await runner.startTransaction();
    try {
      // What a statement inserted is there already, and is undone only with the rest.
      await runner.query(
        'ALTER TABLE order_status_transitions DROP CONSTRAINT order_status_transitions_pkey',
      );
      const [answer] = await runner.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`, parameters);
      const [{ Plan: plan, 'Execution Time': ms }] = answer['QUERY PLAN'] as [
        { Plan: Plan; 'Execution Time': number },
      ];
      const nodes = flat(plan);
      return {
        pages: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
        ms,
        indexes: [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))],
        fullScans: nodes
          .filter((node) => node['Node Type'].endsWith('Seq Scan'))
          .flatMap((node) => node['Relation Name'] ?? [])
          .filter((table) => GROWING_TABLES.includes(table)),
      };
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }
}

function flat(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(flat)];
}
