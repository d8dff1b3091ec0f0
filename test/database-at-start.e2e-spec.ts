import { Config, StartupError } from '#config';
import { waitForDatabase } from '#database';
import { freePort } from './support/api-process.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { DatabaseProxy } from './support/database-proxy.js';
import { Program } from './support/program.js';

const PROGRAMS = [
  'api/main.js',
  'worker/main.js',
  'standalone/main.js',
  'standalone/migrate.js',
  'standalone/seed-users.js',
];

describe('a program that starts', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  function waitFor(url: string, waitMs = 300): Promise<void> {
    return waitForDatabase({ databaseUrl: url, directDatabaseUrl: url }, waitMs);
  }

  async function closedPort(): Promise<string> {
    return `postgresql://canary:canary@127.0.0.1:${await freePort()}/coffee`;
  }

  it('waits until the database accepts connections', async () => {
    const proxy = await DatabaseProxy.start(database.url);
    await proxy.close();
    const waiting = waitFor(proxy.url, 10_000);

    const reopened = await DatabaseProxy.start(database.url, Number(new URL(proxy.url).port));

    await expect(waiting).resolves.toBeUndefined();
    await reopened.close();
  });

  it('accepts the URL of an asyncpg program without TLS', async () => {
    const url = `${database.url.replace(/^\w+:/, 'postgresql+asyncpg:')}?ssl=disable`;

    await expect(waitForDatabase(Config.from({ DATABASE_URL: url }), 300)).resolves.toBeUndefined();
  });

  it('gives up with one sentence that names the variable and the address', async () => {
    const url = await closedPort();
    const failing = waitFor(url);

    await expect(failing).rejects.toThrow(StartupError);
    await expect(failing).rejects.toThrow(
      `The database of DATABASE_URL does not answer: connect ECONNREFUSED 127.0.0.1:${new URL(url).port}`,
    );
  });

  it('names DATABASE_DIRECT_URL if that database does not answer', async () => {
    const waiting = waitForDatabase(
      { databaseUrl: database.url, directDatabaseUrl: await closedPort() },
      300,
    );

    await expect(waiting).rejects.toThrow('The database of DATABASE_DIRECT_URL does not answer');
  });

  it('gives up on a pooler that accepts the client and does not serve its statement', async () => {
    const proxy = await DatabaseProxy.start(database.url);
    proxy.goSilentAt('SELECT 1');

    await expect(waitFor(proxy.url)).rejects.toThrow('does not answer: Query read timeout');
    await proxy.close();
  });

  it('lists every address of a name', async () => {
    const url = (await closedPort()).replace('127.0.0.1', 'localhost');

    await expect(waitFor(url)).rejects.toThrow(/connect ECONNREFUSED (127|::1)/);
  });

  it('gives up at once if the database does not exist', async () => {
    const url = Object.assign(new URL(database.url), { pathname: '/missing' }).href;

    await expect(waitFor(url, 60_000)).rejects.toThrow(
      'The database of DATABASE_URL refuses the connection: database "missing" does not exist',
    );
  });

  it('gives up at once if the server does not know the user', async () => {
    const url = Object.assign(new URL(database.url), { username: 'missing' }).href;

    await expect(waitFor(url, 60_000)).rejects.toThrow('refuses the connection: ');
  });

  it('gives up at once if TLS is demanded and the server has none', async () => {
    await expect(waitFor(`${database.url}?sslmode=verify-full`, 60_000)).rejects.toThrow(
      'refuses the connection: The server does not support SSL connections',
    );
  });

  it.each(PROGRAMS)('apps/%s prints one sentence without a stack or a password', async (script) => {
    const url = Object.assign(new URL(database.url), { pathname: '/missing', password: 'canary' }).href;
    const program = Program.start(`apps/${script}`, { DATABASE_URL: url, PORT: String(await freePort()) });

    expect(await program.exited).toEqual({ code: 1, signal: null });
    expect(program.stderr).toMatch(/^The database of DATABASE_URL refuses the connection: .+\n$/);
    expect(program.stderr + program.stdout).not.toContain('canary');
    expect(program.stdout).not.toMatch(/^ +at /m);
  });
});
