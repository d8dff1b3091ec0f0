import request, { type Response } from 'supertest';
import { Shutdown } from '../apps/api/http/shutdown.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const ORIGIN = 'https://shop.example.com';
const OTHER_ORIGIN = 'https://shop.example.com.evil.example';
const ORDERS = '/api/v1/orders';
const EXPOSED = 'ETag,Link,Location,Retry-After,Idempotent-Replayed,X-Request-Id';

describe('With CORS_ORIGINS', () => {
  let app: TestApp;
  let ana: Person;

  beforeAll(async () => {
    app = await TestApp.start({ CORS_ORIGINS: `https://kiosk.example.com,${ORIGIN}` });
    ana = await app.customer();
  });
  afterAll(() => app.close());

  function options(path: string, headers: Record<string, string>): Promise<Response> {
    return request(app.url).options(path).set(headers);
  }

  it.each([ORDERS, `${ORDERS}/1/status`, '/api/v1/auth/token', '/health/ready', '/docs-json', '/nowhere'])(
    'a preflight of %s is answered',
    async (path) => {
      const { status, headers, text } = await options(path, {
        Origin: ORIGIN,
        'Access-Control-Request-Method': 'PATCH',
        'Access-Control-Request-Headers': 'authorization,idempotency-key',
      });

      expect({ status, text }).toEqual({ status: 204, text: '' });
      expect(headers).toMatchObject({
        'access-control-allow-origin': ORIGIN,
        'access-control-allow-methods': 'GET,HEAD,POST,PUT,PATCH,DELETE',
        'access-control-allow-headers': 'Authorization,Content-Type,Idempotency-Key,If-Match,If-None-Match',
        'access-control-max-age': '7200',
        vary: 'Origin',
      });
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  it.each<[string, Record<string, string>]>([
    ['of another origin', { Origin: OTHER_ORIGIN, 'Access-Control-Request-Method': 'POST' }],
    ['of a page without an origin', { Origin: 'null', 'Access-Control-Request-Method': 'POST' }],
    ['without an origin', { 'Access-Control-Request-Method': 'POST' }],
    ['that is no preflight', { Origin: ORIGIN }],
  ])('OPTIONS %s is 405 as ever', async (_, given) => {
    const { status, headers } = await options(ORDERS, given);

    expect(status).toBe(405);
    expect(headers).toMatchObject({ allow: 'POST, GET, HEAD', vary: 'Origin' });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each<[number, () => Promise<Response>]>([
    [200, () => ana.get('/api/v1/menu').set('Origin', ORIGIN)],
    [400, () => ana.post(ORDERS, '{').set('Origin', ORIGIN)],
    [401, () => request(app.url).get(ORDERS).set('Origin', ORIGIN)],
    [404, () => ana.get('/nowhere').set('Origin', ORIGIN)],
    [405, () => ana.delete(ORDERS).set('Origin', ORIGIN)],
    [413, () => ana.post(ORDERS, { note: 'x'.repeat(40_000) }).set('Origin', ORIGIN)],
    [415, () => ana.post(ORDERS).type('text').send('x').set('Origin', ORIGIN)],
  ])('a page of an allowed origin can read a response with status %i', async (status, send) => {
    const { headers, ...response } = await send();

    expect(response.status).toBe(status);
    expect(headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-expose-headers': EXPOSED,
      vary: 'Origin',
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it.each([undefined, OTHER_ORIGIN])('a response to the origin %s allows none', async (origin) => {
    const { headers } = await ana.get('/api/v1/menu').set(origin === undefined ? {} : { Origin: origin });

    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(headers.vary).toBe('Origin');
  });

  /** The last test: the app refuses everything afterwards. */
  it('a page of an allowed origin can read that the process is shutting down', async () => {
    await app.api.get(Shutdown, { strict: false }).beforeApplicationShutdown();

    const { status, headers } = await request(app.url).get('/api/v1/menu').set('Origin', ORIGIN);

    expect(status).toBe(503);
    expect(headers['access-control-allow-origin']).toBe(ORIGIN);
  });
});
