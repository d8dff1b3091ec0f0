import type pg from 'pg';
import { getMetadataArgsStorage } from 'typeorm';
import { StartupError } from '#config';
import { isUndefinedTable } from './database-errors.js';
import { withClient } from './with-client.js';

/** In ms. The database has just answered `waitForDatabase`. */
const TIMEOUT_MS = 5_000;
const MIGRATIONS = 'migrations';
/** A table that does not exist yet is left to the check of the migrations. */
const UNREADABLE = `
  SELECT name FROM unnest($1::text[]) AS tables (name) WHERE NOT has_table_privilege(to_regclass(quote_ident(name)), 'SELECT')`;

/**
 * Checks that all of the migrations have run on the database at `url`, and that the role may read the tables of every entity that the
 * program has loaded. It does not check each verb: a new one on an old table is refused when it is used.
 * @throws StartupError
 */
export async function assertMigrated(url: string, migrations: readonly { name: string }[]): Promise<void> {
  await withClient(url, TIMEOUT_MS, async (client) => {
    await assertReadable(client, [MIGRATIONS, ...tablesOfEntities()]);
    const done = await namesOfMigrations(client);
    assertNoneMissing(migrations.map(({ name }) => name).filter((name) => !done.has(name)));
  });
}

async function assertReadable(client: pg.Client, tables: string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(UNREADABLE, [tables]);
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => name).join(', ');
  throw new StartupError(
    `The role of DATABASE_URL lacks grants of this version (${names}): run docs/database-role.sql`,
  );
}

function tablesOfEntities(): string[] {
  return getMetadataArgsStorage().tables.flatMap(({ name }) => name ?? []);
}

async function namesOfMigrations(client: pg.Client): Promise<Set<string>> {
  try {
    const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${MIGRATIONS}`);
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    if (isUndefinedTable(error)) return new Set();
    throw error;
  }
}

function assertNoneMissing([first, ...more]: string[]): void {
  if (first === undefined) return;
  const missing = more.length > 0 ? `${first} and ${more.length} more` : first;
  throw new StartupError(
    `The database lacks migrations of this version (${missing}): run \`npm run migrate\``,
  );
}
