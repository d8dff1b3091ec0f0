import request from 'supertest';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';
const MENU = '/api/v1/menu';
const ORIGIN = 'https://evil.example';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('Response headers', () => {
  let app: TestApp;
  let ana: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
  });
  afterAll(() => app.close());

  describe.each([
    '/',
    '/health/live',
    '/health/ready',
    MENU,
    '/docs',
    '/docs-json',
    '/board',
    '/nowhere',
    '/%zz',
  ])('of %s', (path) => {
    let headers: Record<string, string>;

    beforeAll(async () => {
      ({ headers } = await ana.get(path).set('Origin', ORIGIN));
    });

    it('contain the security headers', () => {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': expect.stringMatching(/^(DENY|SAMEORIGIN)$/),
        'content-security-policy': expect.stringMatching(/default-src '(none|self)'/),
        'referrer-policy': 'no-referrer',
        'x-request-id': expect.stringMatching(UUID),
      });
      expect(headers['content-security-policy']).toContain('frame-ancestors');
      expect(headers['content-security-policy']).toContain("base-uri 'none'");
      expect(headers).not.toHaveProperty('strict-transport-security');
    });

    it('do not name the server software', () => {
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
    });

    it('allow no other origin', () => {
      expect(corsHeadersOf(headers)).toEqual([]);
    });
  });

  it('allow no other origin in a preflight response', async () => {
    const { headers, status } = await request(app.url)
      .options(ORDERS)
      .set({ Origin: ORIGIN, 'Access-Control-Request-Method': 'POST' });

    expect(status).toBe(405);
    expect(corsHeadersOf(headers)).toEqual([]);
  });

  it('forbid caches to store orders, errors or the root', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);

    for (const path of [`${ORDERS}/${id}`, '/', '/nowhere'])
      expect((await ana.get(path)).headers['cache-control']).toBe('no-store');
  });

  it.each([
    [200, {}],
    [304, { 'If-None-Match': '*' }],
  ])('require caches to revalidate the menu in a %i response', async (status, conditions) => {
    const { headers } = await ana.get(MENU).set(conditions).expect(status);

    expect(headers['cache-control']).toBe('no-cache');
  });
});

describe('Strict-Transport-Security', () => {
  it.each([
    [undefined, { TRUSTED_PROXIES: '0' }, 'https'],
    [undefined, { TRUSTED_PROXIES: '1' }, 'http'],
    ['max-age=31536000', { TRUSTED_PROXIES: '1' }, 'https'],
    [
      'max-age=31536000; includeSubDomains',
      { TRUSTED_PROXIES: '1', HSTS_INCLUDE_SUBDOMAINS: 'true' },
      'https',
    ],
  ])('is %s with %j and X-Forwarded-Proto: %s', async (value, environment, protocol) => {
    const app = await TestApp.start(environment);

    for (const path of [MENU, '/docs', '/nowhere']) {
      const { headers } = await app.anonymous().get(path).set('X-Forwarded-Proto', protocol);
      expect(headers['strict-transport-security']).toBe(value);
    }

    await app.close();
  });
});

function corsHeadersOf(headers: Record<string, string>): string[] {
  return Object.keys(headers).filter((name) => name.startsWith('access-control-'));
}
