import { jest } from '@jest/globals';
import { MigrationDataSource } from '#database';
import { createIndex } from '../../migrations/online-ddl.js';
import { migrations } from '../../migrations/index.js';
import { JsonAsText1764100000002 } from '../../migrations/1764100000002-json-as-text.js';
import { GROWING_TABLES } from '../scale/seed-history.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';

const SCHEMA = `
  SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, i.indisvalid, o.conname, o.convalidated
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_constraint o ON o.conrelid = c.oid
   WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1, 2, 6`;

/** Statements that read a whole table while nobody can write to it. */
const BLOCKING = [
  /^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY).*? ON (?<table>\w+)/,
  /^ALTER TABLE (?<table>\w+) (?!.*NOT VALID).*\b(?:CHECK|REFERENCES|UNIQUE|PRIMARY KEY|SET NOT NULL)\b/,
];

/** Returns the statements of `sql` that read one of the tables and block its writers. */
function blocking(sql: string, tables: string[]): string[] {
  const statements = sql.split(';').map((statement) => statement.trim().replaceAll(/\s+/g, ' '));
  return statements.filter((statement) =>
    BLOCKING.some((pattern) => tables.includes(pattern.exec(statement)?.groups?.table ?? '')),
  );
}

describe('changes of large tables', () => {
  let database: TestDatabase;
  let dataSource: MigrationDataSource;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    dataSource = await new MigrationDataSource(database.url, { migrations }).initialize();
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('build an index anew whose former build failed', async () => {
    const runner = dataSource.createQueryRunner();
    await database.query('CREATE TABLE items AS SELECT 1 AS id FROM generate_series(1, 2)');
    await expect(
      database.query('CREATE UNIQUE INDEX CONCURRENTLY items_id_idx ON items (id)'),
    ).rejects.toThrow('could not create unique index');

    await createIndex(runner, 'items_id_idx', 'items (id)');

    expect(
      await database.query(
        `SELECT indisvalid, indisunique FROM pg_index WHERE indexrelid = 'items_id_idx'::regclass`,
      ),
    ).toEqual([{ indisvalid: true, indisunique: false }]);
    await runner.release();
  });

  it('can be interrupted: each migration without a transaction can run, and be reverted, twice', async () => {
    const runner = dataSource.createQueryRunner();
    for (const migration of dataSource.migrations) {
      await migration.up(runner);
      if (migration.transaction !== false) continue;
      const schema = await database.query(SCHEMA);
      await migration.up(runner);
      await migration.down(runner);
      await migration.down(runner);
      await migration.up(runner);
      expect(await database.query(SCHEMA)).toEqual(schema);
    }
    await runner.release();
  });

  it('build no index and check no row while writers wait, after a migration that is documented', async () => {
    const documented = migrations.indexOf(JsonAsText1764100000002);
    const runner = dataSource.createQueryRunner();
    const found: string[] = [];
    for (const [index, migration] of dataSource.migrations.entries()) {
      const existing = await database.query<{ name: string }>('SELECT relname AS name FROM pg_class');
      const tables = GROWING_TABLES.filter((table) => existing.some(({ name }) => name === table));
      const query = jest.spyOn(runner, 'query');
      await migration.up(runner);
      if (index > documented) found.push(...query.mock.calls.flatMap(([sql]) => blocking(sql, tables)));
      query.mockRestore();
    }
    await runner.release();

    expect(found).toEqual([]);
  });
});
