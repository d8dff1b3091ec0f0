import { randomUUID } from 'node:crypto';
import request, { type Response } from 'supertest';
import { ApiProcess } from '../support/api-process.js';
import { TestApp } from '../support/test-app.js';

const MAX_ATTEMPTS = 20;
const ADDRESS = '203.0.113.1';

describe('POST /auth/register', () => {
  let app: TestApp;
  let otherApi: ApiProcess;

  beforeAll(async () => {
    // With one trusted proxy, X-Forwarded-For sets the address of the client.
    app = await TestApp.start({ TRUSTED_PROXIES: '1' });
    otherApi = await ApiProcess.start(app.environment);
  });
  beforeEach(() => app.database.query('DELETE FROM registration_attempts'));
  afterAll(async () => {
    await otherApi.stop();
    await app.close();
  });

  /** Sends a registration whose password is refused, unless `fields` replaces it. */
  async function register(fields: object = {}, { api = app.url, address = ADDRESS } = {}): Promise<Response> {
    return request(api)
      .post('/api/v1/auth/register')
      .set('X-Forwarded-For', address)
      .send({ email: `${randomUUID()}@example.com`, password: 'short', ...fields });
  }

  async function useAttempts(count: number, origin?: { api?: string; address?: string }): Promise<void> {
    for (let attempt = 0; attempt < count; attempt += 1)
      expect((await register({}, origin)).status).toBe(422);
  }

  it('returns 429 with Retry-After after twenty attempts in an hour, counted across processes', async () => {
    await useAttempts(MAX_ATTEMPTS / 2);
    await useAttempts(MAX_ATTEMPTS / 2, { api: otherApi.url });

    for (const api of [app.url, otherApi.url]) {
      const { status, headers, body } = await register({ password: 'three blue cups of tea' }, { api });
      expect(status).toBe(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(3_500);
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(3_600);
      expect(body.code).toBe('too_many_registrations');
    }
  });

  it('counts successful attempts and those of taken e-mails', async () => {
    const user = { email: `${randomUUID()}@example.com`, password: 'three blue cups of tea' };
    expect((await register(user)).status).toBe(201);
    expect((await register(user)).status).toBe(409);
    await useAttempts(MAX_ATTEMPTS - 2);

    expect((await register()).status).toBe(429);
  });

  it('does not count what is not a registration', async () => {
    expect((await register({ email: 'nobody' })).status).toBe(422);
    expect((await register({ extra: true })).status).toBe(422);
    await useAttempts(MAX_ATTEMPTS);

    expect((await register()).status).toBe(429);
  });

  it('allows exactly twenty of forty concurrent attempts', async () => {
    const responses = await Promise.all(Array.from({ length: 40 }, () => register()));

    expect(responses.filter(({ status }) => status === 422)).toHaveLength(MAX_ATTEMPTS);
    expect(responses.filter(({ status }) => status === 429)).toHaveLength(MAX_ATTEMPTS);
  });

  it('accepts another address', async () => {
    await useAttempts(MAX_ATTEMPTS);

    expect((await register({}, { address: '203.0.113.2' })).status).toBe(422);
  });

  it('counts the addresses of one IPv6 block together', async () => {
    await useAttempts(MAX_ATTEMPTS / 2, { address: '2001:db8:0:1::1' });
    await useAttempts(MAX_ATTEMPTS / 2, { address: '[2001:db8:0:1::2]:50000' });

    expect((await register({}, { address: '2001:db8:0:1:ffff::1' })).status).toBe(429);
  });

  it('accepts the address again after the window', async () => {
    await useAttempts(MAX_ATTEMPTS);
    await app.database.query('UPDATE registration_attempts SET expire = $1', [Date.now() - 1]);

    expect((await register()).status).toBe(422);
  });

  it('leaves logins from the address alone', async () => {
    await useAttempts(MAX_ATTEMPTS);
    await register();

    await request(app.url)
      .post('/api/v1/auth/token')
      .set('X-Forwarded-For', ADDRESS)
      .type('form')
      .send({ username: 'customer@example.com', password: 'customer123' })
      .expect(200);
  });

  it('stores a hash instead of the address', async () => {
    await useAttempts(1);

    const rows = await app.database.query<{ key: string }>('SELECT key FROM registration_attempts');
    expect(rows).toEqual([{ key: expect.stringMatching(/^address:[\w-]{43}$/) }]);
  });
});
