import { allowConnections, terminateConnections, blockConnections } from './support/database-connections.js';
import { eventually } from './support/eventually.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('The API', () => {
  let app: TestApp;
  let guest: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    guest = app.anonymous();
  });
  afterAll(() => app.close());

  it('describes itself at /', async () => {
    const { body } = await guest
      .get('/')
      .expect(200)
      .expect('Content-Type', /^application\/json/);

    expect(body).toEqual({
      message: 'Coffee Shop Order API',
      docs: '/docs',
      board: '/board',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      menu: '/api/v1/menu',
      health: '/health/ready',
    });
  });

  it('links only to existing routes at /', async () => {
    const { body } = await guest.get('/').expect(200);

    for (const path of [body.docs, body.board, body.menu, body.health]) await guest.get(path).expect(200);
  });

  it.each(['/health/live', '/health/ready'])('returns ok at %s', async (path) => {
    const { body, headers } = await guest.get(path).expect(200);

    expect(body.status).toBe('ok');
    expect(headers['cache-control']).toContain('no-store');
  });

  describe('while PostgreSQL is unreachable', () => {
    let ana: Person;
    let order: object;

    beforeAll(async () => {
      ana = await app.customer();
      order = await ana.orderFor(['Latte', 'Vanilla']);
      await blockConnections(app.database);
      await terminateConnections(app.database);
    });
    afterAll(() => allowConnections(app.database));

    it('returns 503 at /health/ready', async () => {
      const { body, headers } = await guest.get('/health/ready').expect(503);

      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(body).toMatchObject({
        status: 503,
        code: 'not_ready',
        instance: '/health/ready',
        request_id: headers['x-request-id'],
      });
      expect(body.detail).toMatch(/database/i);
    });

    it.each(['/health/live', '/'])('returns 200 at %s', async (path) => {
      await guest.get(path).expect(200);
    });

    it('returns 503 with Retry-After for GET /menu', async () => {
      const { body, headers } = await guest.get('/api/v1/menu').expect(503);

      expect(body.code).toBe('database_unavailable');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    });

    it('returns 503 with Retry-After for POST /orders without a charge', async () => {
      const { body, headers } = await ana.placeWithKey(order).expect(503);

      expect(body.code).toBe('database_unavailable');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(app.payments.requests).toHaveLength(0);
    });
  });

  describe('after PostgreSQL is back', () => {
    it('becomes ready without a restart', async () => {
      await eventually('the API to be ready', async () => (await guest.get('/health/ready')).status === 200);

      await guest.get('/api/v1/menu').expect(200);
    });

    it('accepts orders', async () => {
      const ana = await app.customer();

      await ana.placeOrder(['Latte', 'Vanilla']);
    });
  });
});
