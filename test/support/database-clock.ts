import type { TestDatabase } from './database.js';

/** Moves the clock of a database: `now()` in statements, but not in the defaults of columns. Rows stay as they are. */
export class DatabaseClock {
  private constructor(private readonly database: TestDatabase) {}

  /** Applies to connections that are made afterwards. */
  static async install(database: TestDatabase): Promise<DatabaseClock> {
    await database.query('CREATE SCHEMA clock');
    await database.query(`CREATE TABLE clock.shift AS SELECT interval '0' AS by`);
    await database.query(`
      CREATE FUNCTION clock.now() RETURNS timestamptz LANGUAGE sql STABLE
      AS 'SELECT pg_catalog.now() + by FROM clock.shift'`);
    const name = new URL(database.url).pathname.slice(1);
    await database.query(`ALTER DATABASE ${name} SET search_path = clock, pg_catalog, public`);
    return new DatabaseClock(database);
  }

  async advance(interval: string): Promise<void> {
    await this.database.query('UPDATE clock.shift SET by = by + $1::interval', [interval]);
  }
}
