import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { TestApp } from '../support/test-app.js';

const SLOWEST_MS = 500;

describe('a flood of logins', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.close());

  it('is checked two at a time: what waits too long in line is told to come back, and everything else goes on', async () => {
    const ana = await app.customer();
    const order = await ana.placeOrder(['Latte', 'Vanilla']);
    const memory = process.memoryUsage().rss;

    const flood = Promise.all(
      Array.from({ length: 300 }, () =>
        request(app.url)
          .post('/api/v1/auth/token')
          .type('form')
          .send({ username: `${randomUUID()}@example.com`, password: 'a guess' }),
      ),
    );
    const times: number[] = [];
    let peak = 0;
    for (let read = 0; read < 100; read += 1) {
      const startedAt = performance.now();
      await ana.get(read % 2 ? '/api/v1/menu' : `/api/v1/orders/${order.id}`).expect(200);
      times.push(performance.now() - startedAt);
      peak = Math.max(peak, process.memoryUsage().rss);
    }
    const answers = await flood;

    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(100);
    for (const { body, headers } of busy) {
      expect(body.code).toBe('logins_busy');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(answers.every(({ status }) => [401, 429, 503].includes(status))).toBe(true);
    times.sort((a, b) => a - b);
    expect(times[98]).toBeLessThan(SLOWEST_MS);
    // 300 hashes at once would take six gigabytes.
    expect(peak - memory).toBeLessThan(500_000_000);
  });
});
