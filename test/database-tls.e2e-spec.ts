import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import pg from 'pg';
import { Config } from '#config';
import { MigrationDataSource } from '#database';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../apps/standalone/postgres/embedded-postgres.js';
import { eventually } from './support/eventually.js';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) process.stdout.write('sslmode is not tested: openssl is not installed\n');

const UNKNOWN_CA = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
const OTHER_NAME = 'ERR_TLS_CERT_ALTNAME_INVALID';
/** The certificate of the server is for localhost, not for 127.0.0.1. */
const MODES: [parameters: string, host: string, outcome: string][] = [
  ['', 'localhost', 'connected'],
  ['sslmode=disable', 'localhost', 'connected'],
  ['sslmode=require', 'localhost', 'connected with TLS'],
  ['sslmode=require', '127.0.0.1', 'connected with TLS'],
  ['sslmode=require&sslrootcert=CA', '127.0.0.1', 'connected with TLS'],
  ['sslmode=require&sslrootcert=OTHER_CA', 'localhost', UNKNOWN_CA],
  ['sslmode=verify-ca&sslrootcert=CA', '127.0.0.1', 'connected with TLS'],
  ['sslmode=verify-ca&sslrootcert=OTHER_CA', 'localhost', UNKNOWN_CA],
  ['sslmode=verify-full&sslrootcert=CA', 'localhost', 'connected with TLS'],
  ['sslmode=verify-full&sslrootcert=CA', '127.0.0.1', OTHER_NAME],
  ['sslmode=verify-full&sslrootcert=OTHER_CA', 'localhost', UNKNOWN_CA],
  ['sslrootcert=CA', '127.0.0.1', OTHER_NAME],
  ['sslmode=verify-full', 'localhost', UNKNOWN_CA],
  ['sslmode=verify-full&sslrootcert=system', 'localhost', UNKNOWN_CA],
];

(hasOpenssl ? describe : describe.skip)('sslmode', () => {
  let folder: string;
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'coffee-shop-test-'));
    // Root runs PostgreSQL as another user.
    await chmod(folder, 0o755);
    server = await startEmbeddedPostgres({ directory: join(folder, 'server'), durable: false });
    createCa('CA');
    createCa('OTHER_CA');
    await useCertificate(join(server.directory, 'cluster'));
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function openssl(...options: string[]): void {
    execFileSync('openssl', options, { cwd: folder, stdio: 'pipe' });
  }

  function createCa(name: string): void {
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    openssl('req', '-x509', ...newKey, '-keyout', `${name}.key`, '-out', name, '-subj', `/CN=${name}`);
  }

  async function useCertificate(cluster: string): Promise<void> {
    const [key, certificate] = [join(cluster, 'server.key'), join(cluster, 'server.crt')];
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    openssl('req', ...newKey, '-keyout', key, '-out', 'request', '-subj', '/CN=localhost');
    await writeFile(join(folder, 'names'), 'subjectAltName=DNS:localhost');
    const signing = ['-CA', 'CA', '-CAkey', 'CA.key', '-CAcreateserial', '-extfile', 'names'];
    openssl('x509', '-req', '-in', 'request', '-out', certificate, ...signing);
    const { uid, gid } = await stat(cluster);
    for (const file of [key, certificate]) await chown(file, uid, gid);
    await chmod(key, 0o600);
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query('ALTER SYSTEM SET ssl = on');
    await client.query('SELECT pg_reload_conf()');
    await eventually(
      'TLS',
      async () => (await client.query<{ ssl: string }>('SHOW ssl')).rows[0]?.ssl === 'on',
    );
    await client.end();
  }

  async function outcomeOf(url: string): Promise<string> {
    const { databaseUrl } = Config.from({ DATABASE_URL: url });
    const dataSource = new MigrationDataSource(databaseUrl, { migrations: [] });
    try {
      await dataSource.initialize();
    } catch (error) {
      return isNativeError(error) && 'code' in error ? String(error.code) : String(error);
    }
    const sql = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
    const [row] = await dataSource.query<{ ssl: boolean }[]>(sql);
    await dataSource.destroy();
    return row?.ssl ? 'connected with TLS' : 'connected';
  }

  it.each(MODES)('with %j to %s: %s', async (parameters, host, outcome) => {
    const files = parameters.replace(/(?<=sslrootcert=)\w*CA/, (name) => join(folder, name));
    const url = `${server.url.replace('127.0.0.1', host)}?${files}`;

    expect(await outcomeOf(url)).toBe(outcome);
  });

  it('with "sslmode=require" to a server without TLS: refused', async () => {
    expect(await outcomeOf(`${process.env.TEST_SERVER_URL}?sslmode=require`)).toBe(
      'Error: The server does not support SSL connections',
    );
  });
});
