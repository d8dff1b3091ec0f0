import { allowConnections, terminateConnections, blockConnections } from './support/database-connections.js';
import { eventually } from './support/eventually.js';
import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

describe('the service', () => {
  let app: TestApp;
  let guest: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    guest = app.anonymous();
  });
  afterAll(() => app.close());

  it('says at / what it is and where to go on', async () => {
    const { body } = await guest
      .get('/')
      .expect(200)
      .expect('Content-Type', /^application\/json/);

    expect(body).toEqual({
      message: 'Coffee Shop Order API',
      docs: '/docs',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      menu: '/api/v1/menu',
      health: '/health/ready',
    });
    for (const path of [body.docs, body.menu, body.health]) await guest.get(path).expect(200);
  });

  it('is alive and ready', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const { body, headers } = await guest.get(path).expect(200);
      expect(body.status).toBe('ok');
      expect(headers['cache-control']).toContain('no-store');
    }
  });

  describe('while PostgreSQL does not answer', () => {
    beforeAll(async () => {
      await blockConnections(app.database);
      await terminateConnections(app.database);
    });
    afterAll(() => allowConnections(app.database));

    it('is alive, but not ready', async () => {
      const { body, headers } = await guest.get('/health/ready').expect(503);

      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(body).toMatchObject({
        status: 503,
        code: 'not_ready',
        instance: '/health/ready',
        request_id: headers['x-request-id'],
      });
      expect(body.detail).toMatch(/database/i);
      await guest.get('/health/live').expect(200);
      await guest.get('/').expect(200);
    });

    it('answers 503 with Retry-After to whoever needs the database', async () => {
      const { body, headers } = await guest.get('/api/v1/menu').expect(503);

      expect(body.code).toBe('database_unavailable');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    });
  });

  it('is ready again by itself when PostgreSQL is back', async () => {
    await eventually('the API to be ready', async () => (await guest.get('/health/ready')).status === 200);

    await guest.get('/api/v1/menu').expect(200);
  });

  it('answers orders with 503 and Retry-After, charges nothing, and takes them once it is back', async () => {
    const ana = await app.customer();
    const order = await ana.orderFor(['Latte', 'Vanilla']);
    const charges = app.payments.requests.length;
    await blockConnections(app.database);
    try {
      await terminateConnections(app.database);
      const { body, headers } = await ana.placeWithKey(order).expect(503);
      expect(body.code).toBe('database_unavailable');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(app.payments.requests).toHaveLength(charges);
    } finally {
      await allowConnections(app.database);
    }
    await eventually('the API to be ready', async () => (await ana.get('/health/ready')).status === 200);
    await ana.placeWithKey(order).expect(201);
  });
});
