import { freePort } from '../support/api-process.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { Program } from '../support/program.js';

describe('a program whose SHOP_TIME_ZONE PostgreSQL does not know', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it.each([
    ['api', 'Europe/Bonn'],
    ['worker', 'Europe/Bonn'],
    ['api', 'ABC+3'],
    ['api', 'CET'],
  ])('does not start and says why: %s, %s', async (app, zone) => {
    const environment = {
      DATABASE_URL: database.url,
      PORT: String(await freePort()),
      SHOP_TIME_ZONE: zone,
      LOG_LEVEL: 'fatal',
    };

    const program = Program.start(`apps/${app}/main.js`, environment);

    expect(await program.exited).toEqual({ code: 1, signal: null });
    expect(program.stderr).toBe(
      `SHOP_TIME_ZONE must be the full name of a time zone that PostgreSQL knows, such as Europe/Berlin, not ${zone}\n`,
    );
  });
});
