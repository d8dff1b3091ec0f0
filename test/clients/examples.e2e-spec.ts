import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startAll, type RunningApp } from '../../apps/standalone/start-all.js';
import { freePort } from '../support/api-process.js';
import { createSeededDatabase, type TestDatabase } from '../support/database.js';
import { logIn } from '../support/log-in.js';

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

  describe('with hours and a limit, newman', () => {
    let stdout: string;

    beforeAll(async () => {
      const manager = await logIn(app.api, 'manager');
      const hours = { weekly: { mon: [['07:00', '11:00']] }, exceptions: [] };
      await manager.put('/api/v1/admin/shop/hours', hours).expect(200);
      await manager.put('/api/v1/admin/shop/limits', { max_open_orders: 99 }).expect(200);
      const collection = ['run', 'clients/postman/collection.json', '--env-var', `baseUrl=${app.api}`];
      ({ stdout } = await run(process.execPath, [NEWMAN, ...collection, '--color', 'off']));
    });

    it('runs the whole collection', () => {
      expect(stdout).toMatch(/assertions │ +(?!0 )\d+ │ +0 /);
    });

    it('leaves the hours and the limit as they are', async () => {
      expect(await database.query('SELECT weekly, max_open_orders FROM shop_settings')).toEqual([
        { weekly: expect.objectContaining({ mon: [['07:00', '11:00']] }), max_open_orders: 99 },
      ]);
    });
  });
});
