import request from 'supertest';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const ORDERS = '/api/v1/orders';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('every answer', () => {
  let app: TestApp;
  let ana: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
  });
  afterAll(() => app.close());

  it.each(['/', '/health/live', '/health/ready', '/api/v1/menu', '/docs', '/docs-json', '/nowhere', '/%zz'])(
    'at %s carries the headers of a careful server',
    async (path) => {
      const { headers } = await ana.get(path).set('Origin', 'https://evil.example');

      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': expect.stringMatching(/^(DENY|SAMEORIGIN)$/),
        'content-security-policy': expect.stringMatching(/default-src '(none|self)'/),
        'referrer-policy': 'no-referrer',
        'strict-transport-security': expect.stringContaining('max-age='),
        'x-request-id': expect.stringMatching(UUID),
      });
      expect(headers['content-security-policy']).toContain('frame-ancestors');
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    },
  );

  it('about somebody is stored by nobody between, and the menu is asked for anew', async () => {
    const { id } = await ana.placeOrder(['Latte', 'Vanilla']);

    for (const path of [`${ORDERS}/${id}`, '/', '/nowhere'])
      expect((await ana.get(path)).headers['cache-control']).toBe('no-store');
    for (const header of [undefined, '*']) {
      const test = ana.get('/api/v1/menu');
      const { headers } = await (header === undefined ? test : test.set('If-None-Match', header));
      expect(headers['cache-control']).toBe('no-cache');
    }
  });

  it('lets no foreign page ask for more: a preflight permits nothing', async () => {
    const { headers, status } = await request(app.url)
      .options(ORDERS)
      .set({ Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' });

    expect(status).toBe(404);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});
