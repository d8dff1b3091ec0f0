import type { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('X-Request-Id', () => {
  let app: TestApp;
  let ana: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    ana = await app.customer();
  });
  afterAll(() => app.close());

  it.each(['till-4.order_17', 'a', 'x'.repeat(64)])("is the client's id %s", async (id) => {
    for (const path of ['/', '/nowhere']) {
      const { headers } = await ana.get(path).set('X-Request-Id', id);
      expect(headers['x-request-id']).toBe(id);
    }
  });

  it("is the client's id in problem details too", async () => {
    const { body } = await ana.get('/nowhere').set('X-Request-Id', 'till-4.order_17').expect(404);

    expect(body.request_id).toBe('till-4.order_17');
  });

  it.each(['x'.repeat(65), 'a b', 'a"b', '<script>', 'a,b', '../etc', ''])(
    "is a new UUID instead of the client's invalid id %j",
    async (id) => {
      const { body, headers } = await ana.get('/nowhere').set('X-Request-Id', id).expect(404);

      expect(headers['x-request-id']).toMatch(UUID);
      expect(body.request_id).toBe(headers['x-request-id']);
    },
  );

  it('is different in each response', async () => {
    const responses = await Promise.all(Array.from({ length: 10 }, () => ana.get('/')));

    expect(new Set(responses.map(({ headers }) => headers['x-request-id'])).size).toBe(10);
  });
});
