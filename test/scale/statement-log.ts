import type { DataSource, Logger } from 'typeorm';
import type { Person } from '../support/person.js';
import { GROWING_TABLES } from './seed-history.js';

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Subplan Name'?: string;
  'CTE Name'?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

/** A statement that the app ran. */
export interface Statement {
  sql: string;
  parameters: unknown[];
}

/** The cost of running a statement again. */
export interface StatementCost {
  /** Pages of 8 KB. */
  pages: number;
  ms: number;
  indexes: string[];
  /** Growing tables that were read completely. */
  fullScans: string[];
  /** The rows that were read of each table, also those that a filter removed. */
  rows: Map<string, number>;
}

/** Captures the statements of the app and explains them. Leaves out signals, which are sent in the background. */
export class StatementLog {
  private current: Statement[] | undefined;

  constructor(private readonly dataSource: DataSource) {
    const ignore = (): undefined => undefined;
    const logger: Logger = {
      logQuery: (sql, parameters: unknown[] = []) => {
        const isSignal = sql.includes('pg_notify');
        if (!isSignal && /^\s*(SELECT|WITH|UPDATE|DELETE)\b/.test(sql))
          this.current?.push({ sql, parameters });
      },
      logQueryError: ignore,
      logQuerySlow: ignore,
      logSchemaBuild: ignore,
      logMigration: ignore,
      log: ignore,
    };
    dataSource.logger = logger;
  }

  /** Returns the statements that run during `work`. */
  async capture(work: () => PromiseLike<unknown>): Promise<Statement[]> {
    const statements: Statement[] = [];
    this.current = statements;
    await work();
    this.current = undefined;
    return statements;
  }

  /** Returns the statements that read the first two pages of a list. */
  async captureTwoPages(reader: Person, path: string, query: string): Promise<Statement[]> {
    let next: string | undefined;
    const first = await this.capture(async () => {
      const { headers } = await reader.get(path + query).expect(200);
      [, next] = /^<(\?[^>]+)>; rel="next"$/.exec(headers.link ?? '') ?? [];
    });
    const second = next ? await this.capture(() => reader.get(path + next!).expect(200)) : [];
    return [...first, ...second];
  }

  /** Runs the statement again, then rolls it back. */
  async explain({ sql, parameters }: Statement): Promise<StatementCost> {
    const runner = this.dataSource.createQueryRunner();
    await runner.startTransaction();
    try {
      // A captured INSERT would violate these keys, because its rows exist already.
      for (const table of ['order_status_transitions', 'audit_log'])
        if (sql.includes(`INSERT INTO ${table}`))
          await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_pkey`);
      const [result] = await runner.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`, parameters);
      const [{ Plan: plan, 'Execution Time': ms }] = result['QUERY PLAN'] as [
        { Plan: Plan; 'Execution Time': number },
      ];
      const nodes = nodesOf(plan);
      return {
        pages: pagesOf(plan, nodes),
        ms,
        indexes: [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))],
        fullScans: nodes
          .filter((node) => node['Node Type'].endsWith('Seq Scan'))
          .flatMap((node) => node['Relation Name'] ?? [])
          .filter((table) => GROWING_TABLES.includes(table)),
        rows: rowsOf(nodes),
      };
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** A change in a common table expression that nothing reads runs after the rest, and its pages are not in the sum of the plan. */
function pagesOf(plan: Plan, nodes: Plan[]): number {
  const read = new Set(nodes.flatMap((node) => node['CTE Name'] ?? []));
  const unread = nodes.filter(
    (node) =>
      node['Node Type'] === 'ModifyTable' && !read.has(node['Subplan Name']?.replace(/^CTE /, '') ?? ''),
  );
  const counted = new Set([plan, ...unread]);
  return [...counted].reduce((sum, node) => sum + node['Shared Hit Blocks'] + node['Shared Read Blocks'], 0);
}

function rowsOf(nodes: Plan[]): Map<string, number> {
  const rows = new Map<string, number>();
  for (const node of nodes) {
    const table = node['Relation Name'];
    if (table === undefined) continue;
    const read = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
    rows.set(table, (rows.get(table) ?? 0) + read);
  }
  return rows;
}
