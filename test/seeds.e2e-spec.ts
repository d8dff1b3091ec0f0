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

  it.each([
    ['seed-users.js', { users: 2 }],
    ['seed-catalog.js', { products: 5, variations: 13 }],
  ])('%s adds its rows once if it runs twice', async (script, rows) => {
    for (let run = 0; run < 2; run += 1) {
      const environment = { DATABASE_URL: database.url, LOG_LEVEL: 'silent' };
      const seed = Program.start(`apps/standalone/${script}`, environment);
      expect(await seed.exited).toEqual({ code: 0, signal: null });
      expect(seed.stderr).toBe('');
      expect(await database.query(COUNT_ROWS)).toMatchObject([rows]);
    }
  });
});
