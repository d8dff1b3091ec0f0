import { documentedOperations } from './support/openapi-document.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('the OpenAPI document', () => {
  let app: TestApp;
  let guest: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    guest = app.anonymous();
  });
  afterAll(() => app.close());

  it('has a page at /docs, with all that the page loads', async () => {
    const { text, headers } = await guest
      .get('/docs')
      .expect(200)
      .expect('Content-Type', /^text\/html/);
    const scripts = [...text.matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map(([, path]) => path);

    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(text).not.toMatch(/<script>/);
    expect(scripts.length).toBeGreaterThanOrEqual(3);
    for (const script of scripts) await guest.get(`/${script}`).expect(200);
    const { text: init } = await guest.get('/docs/swagger-ui-init.js').expect(200);
    expect(init).toContain('/api/v1/auth/token');
  });

  it('follows the prefix under which the API lives', async () => {
    const moved = await TestApp.start({ API_PREFIX: '/coffee' });
    try {
      const names = (await documentedOperations(moved.url)).map(({ name }) => name);
      expect(names).toContain('GET /coffee/menu');
      await moved.anonymous().get('/api/v1/menu').expect(404);
      for (const name of names) expect(name).not.toContain('/api/v1');
      expect(names).toContain('GET /health/live');
      const { body } = await moved.anonymous().get('/').expect(200);
      await moved.anonymous().get(body.menu).expect(200);
      const { body: document } = await moved.anonymous().get('/docs-json').expect(200);
      expect(document.components.securitySchemes.oauth2.flows.password.tokenUrl).toBe('/coffee/auth/token');
    } finally {
      await moved.close();
    }
  });
});
