import type { QueryRunner } from 'typeorm';

/*
 * Changes of large tables while others read and write them. They need `transaction = false` in their migration, whose statements must
 * therefore be repeatable: a run that was interrupted begins again.
 */

/**
 * Creates an index without blocking writes. Does nothing if it exists; an index whose former build failed is built anew.
 * @param definition what follows ON
 */
export async function createIndex(runner: QueryRunner, name: string, definition: string): Promise<void> {
  const [existing] = await runner.manager.query<{ valid: boolean }[]>(
    'SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass($1)',
    [name],
  );
  if (existing?.valid) return;
  if (existing) await dropIndex(runner, name);
  await withoutLockTimeout(runner, `CREATE INDEX CONCURRENTLY ${name} ON ${definition}`);
}

/** Drops an index without blocking reads or writes, if it exists. */
export function dropIndex(runner: QueryRunner, name: string): Promise<void> {
  return withoutLockTimeout(runner, `DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
}

/** Adds a check without blocking writes while it reads the table. */
export async function addCheck(
  runner: QueryRunner,
  table: string,
  name: string,
  condition: string,
): Promise<void> {
  await runner.query(`
    ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${name},
      ADD CONSTRAINT ${name} CHECK (${condition}) NOT VALID`);
  await validateCheck(runner, table, name);
}

/** Checks the old rows with a constraint that is NOT VALID, without blocking writes. */
export function validateCheck(runner: QueryRunner, table: string, name: string): Promise<void> {
  return withoutLockTimeout(runner, `ALTER TABLE ${table} VALIDATE CONSTRAINT ${name}`);
}

/** For statements that wait for older transactions, while nobody waits for them. */
async function withoutLockTimeout(runner: QueryRunner, statement: string): Promise<void> {
  const [{ timeout }] = await runner.manager.query<[{ timeout: string }]>(
    "SELECT current_setting('lock_timeout') AS timeout",
  );
  await runner.query('SET lock_timeout = 0');
  try {
    await runner.query(statement);
  } finally {
    await runner.query(`SET lock_timeout = '${timeout}'`);
  }
}
