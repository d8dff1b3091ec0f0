import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startAll, type RunningApp } from '../../apps/standalone/start-all.js';
import { freePort } from '../support/api-process.js';
import { createSeededDatabase, type TestDatabase } from '../support/database.js';

const NEWMAN = 'node_modules/newman/bin/newman.js';
const run = promisify(execFile);

describe('On a new shop with the seed data', () => {
  let directory: string;
  let database: TestDatabase;
  let app: RunningApp;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'coffee-shop-clients-'));
    database = await createSeededDatabase();
    const environment = { PORT: String(await freePort()), LOG_LEVEL: 'silent', DATABASE_URL: database.url };
    app = await startAll(environment, directory);
  });
  afterAll(async () => {
    await app.stop();
    await database.drop();
    await rm(directory, { recursive: true, force: true });
  });

  it('`npm run tour` orders, refunds and cancels', async () => {
    const { stdout } = await run('npm', ['run', '--silent', 'tour', '--', `${app.api}/api/v1`]);

    expect(stdout).toMatch(/The repeat found it: true[^]*is delivered[^]*430 cents go back[^]*is cancelled/);
  });

  it('newman runs the whole collection', async () => {
    const collection = ['run', 'clients/postman/collection.json', '--env-var', `baseUrl=${app.api}`];

    const { stdout } = await run(process.execPath, [NEWMAN, ...collection, '--color', 'off']);

    expect(stdout).toMatch(/assertions │ +(?!0 )\d+ │ +0 /);
  });
});
