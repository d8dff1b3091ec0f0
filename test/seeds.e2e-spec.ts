import { createTestDatabase, type TestDatabase } from './support/database.js';
import { Program } from './support/program.js';

const COUNT_ROWS = `
  SELECT (SELECT count(*)::int FROM users) AS users,
         (SELECT count(*)::int FROM products) AS products,
         (SELECT count(*)::int FROM product_variations) AS variations`;

describe('seed scripts', () => {
  let database: TestDatabase;

  beforeAll(async () => (database = await createTestDatabase()));
  afterAll(() => database.drop());

  async function seed(script: string): Promise<Program> {
    const environment = { DATABASE_URL: database.url, LOG_LEVEL: 'silent' };
    const program = Program.start(`apps/standalone/${script}`, environment);
    expect(await program.exited).toEqual({ code: 0, signal: null });
    expect(program.stderr).toBe('');
    return program;
  }

  it.each([
    ['seed-users.js', { users: 3 }],
    ['seed-catalog.js', { products: 5, variations: 13 }],
  ])('%s adds its rows once if it runs twice', async (script, rows) => {
    for (let run = 0; run < 2; run += 1) {
      const { stdout } = await seed(script);
      expect(stdout).toMatch(run === 0 ? /^Added \d+ \w+\.$/m : /^Added nothing/m);
      expect(await database.query(COUNT_ROWS)).toMatchObject([rows]);
    }
  });

  it('name the command that makes the tables', async () => {
    await database.query('CREATE SCHEMA empty');
    const url = `${database.url}?options=-c%20search_path%3Dempty`;
    const program = Program.start('apps/standalone/seed-catalog.js', {
      DATABASE_URL: url,
      LOG_LEVEL: 'silent',
    });

    expect(await program.exited).toEqual({ code: 1, signal: null });
    expect(program.stderr).toBe('The database has no tables yet: run `npm run migrate` first\n');
  });

  it('bring no renamed or withdrawn product back', async () => {
    await database.query(`UPDATE products SET name = 'Caffè latte' WHERE name = 'Latte'`);
    await database.query(`UPDATE products SET withdrawn_at = now() WHERE name <> 'Caffè latte'`);

    const { stdout } = await seed('seed-catalog.js');

    expect(stdout).toContain('Added nothing');
    expect(await database.query('SELECT name FROM products WHERE withdrawn_at IS NULL')).toEqual([
      { name: 'Caffè latte' },
    ]);
  });

  it('bring no user back whose e-mail changed', async () => {
    await database.query(`UPDATE users SET email = 'boss@example.com' WHERE role = 'manager'`);

    const { stdout } = await seed('seed-users.js');

    expect(stdout).toContain('Added nothing');
    expect(await database.query(COUNT_ROWS)).toMatchObject([{ users: 3 }]);
  });
});
