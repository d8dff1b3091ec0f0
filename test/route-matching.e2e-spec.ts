import { request as httpRequest } from 'node:http';
import { once } from 'node:events';
import request from 'supertest';
import { documentedOperations, PATH_PARAMETER, type Operation } from './support/openapi-document.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const UNKNOWN_ID = '00000000-0000-0000-0000-000000000000';
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];
const LOGIN = { username: 'customer@example.com', password: 'customer123' };

describe('The path of a request', () => {
  let app: TestApp;
  let guest: Person;
  let manager: Person;
  let operations: Operation[];

  beforeAll(async () => {
    app = await TestApp.start();
    guest = app.anonymous();
    manager = await app.manager();
    operations = await documentedOperations(app.url);
  });
  afterAll(() => app.close());

  /** Sends a request whose target is not changed, as fetch and supertest would. */
  async function send(
    method: string,
    path: string,
    token?: string,
  ): Promise<{ status?: number; allow?: string; link?: string; text: string }> {
    const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const { hostname, port } = new URL(app.url);
    const outgoing = httpRequest({ hostname, port, method, path, headers }).end();
    const [response] = await once(outgoing, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const { allow, link } = response.headers;
    return { status: response.statusCode, allow, link, text: Buffer.concat(chunks).toString() };
  }

  it('may end with a slash on every route', async () => {
    for (const { method, path, name } of operations) {
      const url = path.replaceAll(PATH_PARAMETER, UNKNOWN_ID);

      const [plain, slashed] = [await send(method, url), await send(method, `${url.replace(/\/$/, '')}/`)];

      expect([name, slashed.status]).toEqual([name, plain.status]);
    }
  });

  it('may end with a slash in a login', async () => {
    await request(app.url).post('/api/v1/auth/token/').type('form').send(LOGIN).expect(200);
    await request(app.url).post('/api/v1/auth/token/').send(LOGIN).expect(415);
  });

  it.each(['/Auth/Token', '/AUTH/TOKEN/', '/auth/Token'])('is unknown in a login as %s', async (path) => {
    await request(app.url).post(`/api/v1${path}`).type('form').send(LOGIN).expect(404);
  });

  it.each(['/API/v1/menu', '/api/v1/Menu', '/DOCS', '/Docs/', '/docs-JSON', '/Health/live'])(
    'is unknown in another case: %s',
    async (path) => {
      const { body } = await guest.get(path).expect(404);

      expect(body.code).toBe('not_found');
    },
  );

  it.each(['/docs', '/docs/', '/docs/?deep=link'])('%s is a page that finds its files', async (path) => {
    const { text, headers } = await guest.get(path).expect(200);

    expect(headers['content-security-policy']).toContain("script-src 'self'");
    const files = [...text.matchAll(/(?:src|href)="([^"]+\.(?:js|css|png))"/g)];
    expect(files.length).toBeGreaterThanOrEqual(5);
    for (const [, file = ''] of files) await guest.get(new URL(file, app.url + path).pathname).expect(200);
  });

  it.each(['/docs', '/docs/swagger-ui.css'])('%s may be stored by a browser', async (path) => {
    expect((await guest.get(path)).headers['cache-control']).not.toBe('no-store');
  });

  it('is refused with 405 and Allow for every method that it does not have', async () => {
    for (const path of new Set(operations.map((operation) => operation.path))) {
      const allowed = operations.filter((operation) => operation.path === path).map(({ method }) => method);
      if (allowed.includes('GET')) allowed.push('HEAD');
      for (const method of METHODS.filter((name) => !allowed.includes(name))) {
        const { status, allow, text } = await send(
          method,
          path.replaceAll(PATH_PARAMETER, UNKNOWN_ID),
          manager.token,
        );

        expect([path, method, status, allow?.split(', ').toSorted()]).toEqual([
          path,
          method,
          405,
          allowed.toSorted(),
        ]);
        if (method !== 'HEAD') expect(JSON.parse(text)).toMatchObject({ code: 'method_not_allowed' });
      }
    }
  });

  it.each(['/docs', '/docs/', '/docs-json', '/docs/swagger-ui.css', '/docs/swagger-ui-init.js'])(
    'is refused with 405 for POST %s',
    async (path) => {
      const { headers } = await guest.post(path, {}).expect(405);

      expect(headers.allow).toBe('GET, HEAD');
    },
  );

  it.each(['/nowhere', '/docs/nowhere', '/docs/nowhere.css', '/api/v1/menu/nowhere'])(
    'is unknown for POST %s',
    async (path) => {
      await guest.post(path, {}).expect(404);
    },
  );

  it('is all that a 404 and a 405 repeat of the target', async () => {
    for (const [method, path, status] of [
      ['GET', '/api/v1/nothing?access_token=sekrit', 404],
      ['GET', 'http://ana:sekrit@localhost/api/v1/nothing?access_token=sekrit', 404],
      ['DELETE', '/api/v1/menu/?access_token=sekrit', 405],
      ['GET', '/api/v1/orders/%zz?access_token=sekrit', 400],
    ] as const) {
      const response = await send(method, path);

      expect(response.status).toBe(status);
      expect(response.text).not.toContain('sekrit');
    }
  });

  it('may be in absolute form, of another host', async () => {
    const customer = await app.customer();
    for (let placed = 0; placed < 2; placed += 1) await customer.placeOrder(['Latte', 'Vanilla']);

    const first = await send('GET', 'http://a:9/api/v1/admin/orders?limit=1', manager.token);

    expect(first.status).toBe(200);
    expect(first.link).toMatch(/^<\?limit=1&cursor=[\w-]+>; rel="next"$/);
  });
});
