import { randomUUID } from 'node:crypto';
import request, { type Response } from 'supertest';
import { TestApp } from '../support/test-app.js';

const LOGINS = 300;
const READS = 100;
const MAX_P99_MS = 500;
/** Hashing 300 passwords at once would take six gigabytes. */
const MAX_EXTRA_BYTES = 500_000_000;

describe('POST /auth/token under a flood of logins', () => {
  let app: TestApp;
  let responses: Response[];
  const readTimesMs: number[] = [];
  let extraBytes = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    const customer = await app.customer();
    const order = await customer.placeOrder(['Latte', 'Vanilla']);
    const initialBytes = process.memoryUsage().rss;

    const flood = Promise.all(
      Array.from({ length: LOGINS }, () =>
        request(app.url)
          .post('/api/v1/auth/token')
          .type('form')
          .send({ username: `${randomUUID()}@example.com`, password: 'a guess' }),
      ),
    );
    for (let read = 0; read < READS; read += 1) {
      const startedAt = performance.now();
      await customer.get(read % 2 ? '/api/v1/menu' : `/api/v1/orders/${order.id}`).expect(200);
      readTimesMs.push(performance.now() - startedAt);
      extraBytes = Math.max(extraBytes, process.memoryUsage().rss - initialBytes);
    }
    responses = await flood;
  });
  afterAll(() => app.close());

  it('rejects logins over the limit with 503', () => {
    const rejected = responses.filter(({ status }) => status === 503);

    expect(rejected.length).toBeGreaterThan(100);
    for (const { body, headers } of rejected) {
      expect(body.code).toBe('logins_busy');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
  });

  it('returns 401 or 429 for all other logins', () => {
    expect(responses.every(({ status }) => [401, 429, 503].includes(status))).toBe(true);
  });

  it('does not delay other requests', () => {
    expect(readTimesMs.toSorted((a, b) => a - b)[READS - 2]).toBeLessThan(MAX_P99_MS);
  });

  it('limits the memory of password hashes', () => {
    expect(extraBytes).toBeLessThan(MAX_EXTRA_BYTES);
  });
});
