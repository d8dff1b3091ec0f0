import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#database';
import { DATA_FOLDER, postgresFolder } from '../apps/standalone/data-folder.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../apps/standalone/postgres/embedded-postgres.js';
import { migrations } from '../migrations/index.js';
import { Program } from './support/program.js';

/** Runs a command in a directory, where `npm start` may run, too. */
async function createUser(
  directory: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; stderr: string }> {
  const args = ['--email', 'eve@example.com', '--role', 'barista'];
  const program = Program.start('apps/standalone/user-create.js', environment, { args, directory });
  const { code } = await program.exited;
  return { code, stderr: program.stderr };
}

describe('A command without DATABASE_URL', () => {
  let directory: string;
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'coffee-shop-commands-'));
    const data = postgresFolder(join(directory, DATA_FOLDER));
    server = await startEmbeddedPostgres({ directory: data, durable: false });
    await migrate(server.url, migrations);
  });
  afterAll(async () => {
    await server.stop();
    for (const path of [directory, server.directory]) await rm(path, { recursive: true, force: true });
  });

  it('uses the database of a running npm start', async () => {
    expect(await createUser(directory)).toEqual({ code: 0, stderr: '' });

    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const { rows } = await client.query('SELECT email FROM users');
    await client.end();
    expect(rows).toEqual([{ email: 'eve@example.com' }]);
  });

  it('is refused in production', async () => {
    const { code, stderr } = await createUser(directory, { APP_ENV: 'production' });

    expect(code).toBe(1);
    expect(stderr).toContain('DATABASE_URL must be set');
  });

  it('is refused if no npm start runs', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'coffee-shop-commands-'));

    const { code, stderr } = await createUser(empty);

    await rm(empty, { recursive: true });
    expect(code).toBe(1);
    expect(stderr).toContain('DATABASE_URL must be set');
  });
});
