import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { TestDatabase } from './database.js';

/** A database user with the grants that docs/database-role.sql gives to the API and the worker. */
export interface DatabaseRole {
  /** Connects as this role. */
  url: string;
  /** Limits new connections; -1 removes the limit. */
  limitConnections(connections: number): Promise<void>;
  drop(): Promise<void>;
}

export async function createRole(database: TestDatabase): Promise<DatabaseRole> {
  const name = `coffee_${randomUUID().replaceAll('-', '')}`;
  const password = randomUUID();
  const grants = await readFile('docs/database-role.sql', 'utf8');
  await database.query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`);
  await database.query(grants.replaceAll(':"role"', name));
  return {
    url: Object.assign(new URL(database.url), { username: name, password }).href,
    limitConnections: async (connections) => {
      await database.query(`ALTER ROLE ${name} CONNECTION LIMIT ${connections}`);
    },
    drop: async () => {
      await database.query(`DROP OWNED BY ${name}`);
      await database.query(`DROP ROLE ${name}`);
    },
  };
}
