import pg from 'pg';
import { StartupError } from '#config';
import { isForbidden, isUndefinedTable } from './database-errors.js';

/** In ms. The database has just answered `waitForDatabase`. */
const TIMEOUT_MS = 5_000;

/**
 * Checks that all of the migrations have run on the database at `url`.
 * @throws StartupError if one has not, or the role may not read which have
 */
export async function assertMigrated(url: string, migrations: readonly { name: string }[]): Promise<void> {
  const done = await namesOfMigrations(url);
  const [first, ...more] = migrations.map(({ name }) => name).filter((name) => !done.has(name));
  if (first === undefined) return;
  const missing = more.length > 0 ? `${first} and ${more.length} more` : first;
  throw new StartupError(
    `The database lacks migrations of this version (${missing}): run \`npm run migrate\``,
  );
}

async function namesOfMigrations(url: string): Promise<Set<string>> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations');
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    if (isUndefinedTable(error)) return new Set();
    if (isForbidden(error))
      throw new StartupError(
        'The role of DATABASE_URL lacks grants of this version: run docs/database-role.sql',
      );
    throw error;
  } finally {
    void client.end();
  }
}
