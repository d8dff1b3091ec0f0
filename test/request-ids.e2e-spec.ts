import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('every answer', () => {
  let app: TestApp;
  let ana: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
  });
  afterAll(() => app.close());

  it.each(['till-4.order_17', 'a', 'x'.repeat(64)])(
    'has the safe request id %s of its client',
    async (id) => {
      for (const path of ['/', '/nowhere']) {
        const { headers } = await ana.get(path).set('X-Request-Id', id);
        expect(headers['x-request-id']).toBe(id);
      }
      expect((await ana.get('/nowhere').set('X-Request-Id', id)).body.request_id).toBe(id);
    },
  );

  it.each(['x'.repeat(65), 'a b', 'a"b', '<script>', 'a,b', '../etc', ''])(
    'has a request id of its own instead of the client’s %j',
    async (id) => {
      const { body, headers } = await ana.get('/nowhere').set('X-Request-Id', id).expect(404);

      expect(headers['x-request-id']).toMatch(UUID);
      expect(body.request_id).toBe(headers['x-request-id']);
    },
  );

  it('has a request id that no other answer has', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => ana.get('/')));

    expect(new Set(answers.map(({ headers }) => headers['x-request-id'])).size).toBe(10);
  });
});
