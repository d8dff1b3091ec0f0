import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { TestApp } from './support/test-app.js';

describe('openapi.json', () => {
  it('is what GET /docs-json returns', async () => {
    const app = await TestApp.start();
    const { body } = await app.anonymous().get('/docs-json').expect(200);
    await app.close();

    expect(JSON.parse(await readFile('openapi.json', 'utf8'))).toEqual(body);
  });

  it('and what clients get from it are what `npm run openapi` writes', async () => {
    const check = promisify(execFile)(process.execPath, ['scripts/openapi.mjs', '--check']);

    await expect(check).resolves.toEqual({ stdout: '', stderr: '' });
  });
});
