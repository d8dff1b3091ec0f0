import { documentedOperations } from './support/openapi-document.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('GET /docs', () => {
  let app: TestApp;
  let guest: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    guest = app.anonymous();
  });
  afterAll(() => app.close());

  it('returns a page without inline scripts', async () => {
    const { text, headers } = await guest
      .get('/docs')
      .expect(200)
      .expect('Content-Type', /^text\/html/);

    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(text).not.toMatch(/<script>/);
  });

  it('returns a page whose files all exist', async () => {
    const { text } = await guest.get('/docs').expect(200);
    const files = [...text.matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map(([, path]) => path);

    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const file of files) await guest.get(`/${file}`).expect(200);
  });

  it('configures the page with the token URL', async () => {
    const { text } = await guest.get('/docs/swagger-ui-init.js').expect(200);

    expect(text).toContain('/api/v1/auth/token');
  });

  it('does not let Swagger UI store the login, which has the password', async () => {
    const { text } = await guest.get('/docs/swagger-ui-init.js').expect(200);

    expect(text).toContain('"persistAuthorization": false');
  });
});

describe('With API_PREFIX=/coffee', () => {
  let app: TestApp;
  let guest: Person;
  let routes: string[];

  beforeAll(async () => {
    app = await TestApp.start({ API_PREFIX: '/coffee' });
    guest = app.anonymous();
    routes = (await documentedOperations(app.url)).map(({ name }) => name);
  });
  afterAll(() => app.close());

  it('the OpenAPI document contains the routes under the prefix', () => {
    expect(routes).toContain('GET /coffee/menu');
    for (const route of routes) expect(route).not.toContain('/api/v1');
  });

  it('the health routes have no prefix', () => {
    expect(routes).toContain('GET /health/live');
  });

  it('the default prefix is not found', async () => {
    await guest.get('/api/v1/menu').expect(404);
  });

  it('the root links to an existing menu', async () => {
    const { body } = await guest.get('/').expect(200);

    await guest.get(body.menu).expect(200);
  });

  it('the token URL has the prefix', async () => {
    const { body } = await guest.get('/docs-json').expect(200);

    expect(body.components.securitySchemes.oauth2.flows.password.tokenUrl).toBe('coffee/auth/token');
  });
});
