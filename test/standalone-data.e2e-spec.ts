import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartupError } from '#config';
import { startEmbeddedPostgres } from '../apps/standalone/postgres/embedded-postgres.js';

let directory: string;
let data: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'coffee-shop-data-'));
  data = await startAndStop();
});
afterAll(async () => {
  for (const path of [directory, data]) await rm(path, { recursive: true, force: true });
});

/** Returns the data directory. */
async function startAndStop(requested = directory): Promise<string> {
  const server = await startEmbeddedPostgres({ directory: requested, durable: false });
  await server.stop();
  return server.directory;
}

/** Starts PostgreSQL while a file is away. Returns the error. */
async function errorWithout(file: string): Promise<unknown> {
  const path = join(data, file);
  await rename(path, `${path}.away`);
  try {
    return await startAndStop().catch((error: unknown) => error);
  } finally {
    await rename(`${path}.away`, path);
  }
}

describe('the embedded PostgreSQL', () => {
  it.each(['cluster/PG_VERSION', 'cluster/global/pg_control', 'password'])(
    'refuses incomplete data, without %s',
    async (file) => {
      expect(await errorWithout(file)).toEqual(
        new StartupError(
          `The data in ${data} are incomplete: delete ${data} to start with an empty database`,
        ),
      );
    },
  );

  it('refuses the data of another version', async () => {
    const versionFile = join(data, 'cluster', 'PG_VERSION');
    const version = await readFile(versionFile, 'utf8');
    await writeFile(versionFile, '16\n');

    const error = await startAndStop().catch((reason: unknown) => reason);

    await writeFile(versionFile, version);
    expect(error).toBeInstanceOf(StartupError);
    expect(String(error)).toContain(
      `are of PostgreSQL 16, and this is ${version.trim()}: move ${data} away to start with an empty database, or set DATABASE_URL`,
    );
  });

  it('refuses a directory that is a file', async () => {
    const file = join(directory, 'a-file');
    await writeFile(file, '');

    await expect(startAndStop(join(file, 'postgres'))).rejects.toEqual(
      new StartupError(
        `The data in ${join(file, 'postgres')} cannot be used (ENOTDIR: not a directory, mkdir '${join(file, 'postgres')}'): ` +
          'correct that, or set DATABASE_URL to use another database',
      ),
    );
  });

  it('removes what an interrupted initdb left', async () => {
    const unfinished = join(data, 'cluster.new-12345678');
    await mkdir(unfinished);

    await startAndStop();

    await expect(readFile(unfinished)).rejects.toThrow('ENOENT');
  });
});
