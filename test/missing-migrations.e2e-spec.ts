import { assertMigrated, migrate } from '#database';
import { migrations } from '../migrations/index.js';
import { freePort } from './support/api-process.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from './support/database.js';
import { createRole, type DatabaseRole } from './support/database-role.js';
import { Program } from './support/program.js';

const [FIRST] = migrations;
const LAST = migrations.at(-1);

describe('On a database that lacks migrations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  afterAll(() => database.drop());

  it.each(['api', 'worker'])('the %s exits and says what to run', async (app) => {
    const environment = { DATABASE_URL: database.url, PORT: String(await freePort()) };
    const program = Program.start(`apps/${app}/main.js`, environment);

    expect(await program.exited).toEqual({ code: 1, signal: null });
    expect(program.stderr).toBe(
      `The database lacks migrations of this version (${FIRST?.name} and ${migrations.length - 1} more): run \`npm run migrate\`\n`,
    );
  });

  it('only the missing ones are named', async () => {
    await migrate(database.url, migrations.slice(0, -1));

    await expect(assertMigrated(database.url, migrations)).rejects.toThrow(
      `of this version (${LAST?.name}): run`,
    );
  });

  it('nothing is wrong as soon as they have run', async () => {
    await migrate(database.url, migrations);

    await expect(assertMigrated(database.url, migrations)).resolves.toBeUndefined();
  });
});

describe('With a role that lacks grants of this version', () => {
  let database: TestDatabase;
  let role: DatabaseRole;

  beforeAll(async () => {
    database = await createTestDatabase();
    role = await createRole(database);
  });
  afterAll(async () => {
    await role.drop();
    await database.drop();
  });

  it.each(['api', 'worker'])('the %s exits and names their tables', async (app) => {
    await database.query(`REVOKE SELECT ON refunds FROM ${new URL(role.url).username}`);
    const environment = { DATABASE_URL: role.url, PORT: String(await freePort()) };
    const program = Program.start(`apps/${app}/main.js`, environment);

    expect(await program.exited).toEqual({ code: 1, signal: null });
    expect(program.stderr).toBe(
      'The role of DATABASE_URL lacks grants of this version (refunds): run docs/database-role.sql\n',
    );
  });

  it('the list of migrations may be the table that it cannot read', async () => {
    await database.query(`REVOKE SELECT ON migrations FROM ${new URL(role.url).username}`);

    await expect(assertMigrated(role.url, migrations)).rejects.toThrow('(migrations');
  });
});
