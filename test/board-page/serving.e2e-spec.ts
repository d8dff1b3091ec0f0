import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self'"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join('; ');
const FILES = [
  ['board.js', 'text/javascript'],
  ['board.css', 'text/css'],
  ['icon.svg', 'image/svg+xml'],
] as const;
const MAX_SCRIPT_BYTES = 60 * 1024;

describe('GET /board', () => {
  let app: TestApp;
  let guest: Person;

  beforeAll(async () => {
    app = await TestApp.start({ API_PREFIX: '/coffee' });
    guest = app.anonymous();
  });
  afterAll(() => app.close());

  it.each(['/board', '/board/', '/board?from=bookmark'])('%s finds its files and the API', async (path) => {
    const { text } = await guest.get(path).expect(200).expect('Content-Type', 'text/html; charset=utf-8');
    const [, ...urls] = [...text.matchAll(/(?:content|href|src)="(\.[^"]*)"/g)].map(([, url = '']) => url);
    const [, api = ''] = /name="api" content="([^"]*)"/.exec(text) ?? [];

    expect(urls).toHaveLength(FILES.length);
    for (const url of urls) await guest.get(new URL(url, app.url + path).pathname).expect(200);
    expect(new URL(api, app.url + path).pathname).toBe('/coffee');
  });

  it.each(['/board', ...FILES.map(([file]) => `/board/${file}`)])(
    '%s may load and call nothing but this server',
    async (path) => {
      const { headers } = await guest.get(path).expect(200);

      expect(headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
    },
  );

  it('has no inline script, style or handler', async () => {
    const { text } = await guest.get('/board').expect(200);

    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  });

  it.each(FILES)('%s has its type, and is sent again only if it changed', async (file, type) => {
    const { headers } = await guest.get(`/board/${file}`).expect(200);

    expect(headers['content-type']).toBe(`${type}; charset=utf-8`);
    expect(headers['cache-control']).toBe('no-cache');
    await guest.get(`/board/${file}`).set('If-None-Match', String(headers.etag)).expect(304);
  });

  it.each(['/board', '/board/', '/board/board.js'])('POST %s is refused with 405', async (path) => {
    const { headers } = await guest.post(path, {}).expect(405);

    expect(headers.allow).toBe('GET, HEAD');
  });

  it.each(['/Board', '/board/nothing.js', '/board/index.html', '/board/../package.json'])(
    '%s is not found',
    async (path) => {
      await guest.get(path).expect(404);
    },
  );
});

it('The script of the board is smaller than 60 KB when it is compressed', async () => {
  const directory = 'dist/apps/board';
  const scripts = (await readdir(directory)).filter((file) => file.endsWith('.js'));
  const sizes = await Promise.all(
    scripts.map(async (file) => gzipSync(await readFile(join(directory, file))).length),
  );

  expect(scripts).toEqual(['board.js']);
  expect(sizes[0]).toBeLessThan(MAX_SCRIPT_BYTES);
});
