import { randomUUID } from 'node:crypto';
import request, { type Response } from 'supertest';
import { ApiProcess } from '../support/api-process.js';
import { TestApp } from '../support/test-app.js';

const MAX_FAILURES = 10;
const MAX_FAILURES_PER_ADDRESS = 100;
const CUSTOMER = 'customer@example.com';
const PASSWORD = 'customer123';

interface Origin {
  /** The URL of the API process. */
  api?: string;
  /** The address of the client. */
  address?: string;
}

describe('POST /auth/token after failed logins', () => {
  let app: TestApp;
  let otherApi: ApiProcess;

  beforeAll(async () => {
    // With one trusted proxy, X-Forwarded-For sets the address of the client.
    app = await TestApp.start({ TRUSTED_PROXIES: '1' });
    otherApi = await ApiProcess.start(app.environment);
  });
  beforeEach(async () => {
    await app.database.query('DELETE FROM login_failures');
    await app.database.query('DELETE FROM known_logins');
  });
  afterAll(async () => {
    await otherApi.stop();
    await app.close();
  });

  async function logIn(
    username: string,
    password: string,
    { api = app.url, address = '203.0.113.1' }: Origin = {},
  ): Promise<Response> {
    return request(api)
      .post('/api/v1/auth/token')
      .type('form')
      .set('X-Forwarded-For', address)
      .send({ username, password });
  }

  async function failLogins(count: number, origin?: Origin, username = CUSTOMER): Promise<void> {
    for (let failure = 0; failure < count; failure += 1)
      expect((await logIn(username, 'a guess', origin)).status).toBe(401);
  }

  it('returns 429 with Retry-After after ten failures, counted across processes', async () => {
    await failLogins(MAX_FAILURES / 2);
    await failLogins(MAX_FAILURES / 2, { api: otherApi.url });

    for (const api of [app.url, otherApi.url]) {
      const { status, headers, body } = await logIn(CUSTOMER, 'a guess', { api });
      expect(status).toBe(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(300);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(body.code).toBe('too_many_failed_logins');
    }
  });

  it('returns 429 for the correct password too', async () => {
    await failLogins(MAX_FAILURES);

    expect((await logIn(CUSTOMER, PASSWORD)).status).toBe(429);
  });

  it('resets the count of an account when its user logs in', async () => {
    await failLogins(MAX_FAILURES - 1);
    expect((await logIn(CUSTOMER, PASSWORD)).status).toBe(200);

    await failLogins(MAX_FAILURES - 1);
    expect((await logIn(CUSTOMER, PASSWORD)).status).toBe(200);
  });

  it('does not count successful logins', async () => {
    for (let login = 0; login < 2 * MAX_FAILURES; login += 1)
      expect((await logIn(CUSTOMER, PASSWORD)).status).toBe(200);
  });

  it('accepts the account from another address', async () => {
    await failLogins(MAX_FAILURES);

    expect((await logIn(CUSTOMER, PASSWORD, { address: '203.0.113.2' })).status).toBe(200);
  });

  it('accepts another account from the same address', async () => {
    await failLogins(MAX_FAILURES);

    expect((await logIn('manager@example.com', 'manager123')).status).toBe(200);
  });

  it('ignores the case of the email', async () => {
    await failLogins(MAX_FAILURES);

    expect((await logIn(CUSTOMER.toUpperCase(), 'a guess')).status).toBe(429);
  });

  it('counts unknown emails too, so that 429 does not reveal customers', async () => {
    await failLogins(MAX_FAILURES, {}, 'nobody@example.com');

    expect((await logIn('nobody@example.com', 'a guess')).status).toBe(429);
  });

  it('blocks an address after a hundred failures for different emails', async () => {
    for (let failure = 0; failure < MAX_FAILURES_PER_ADDRESS; failure += 10)
      await Promise.all(Array.from({ length: 10 }, () => failLogins(1, {}, `${randomUUID()}@example.com`)));

    expect((await logIn(CUSTOMER, PASSWORD)).status).toBe(429);
  });

  it('checks at most two more passwords if the guesses are concurrent', async () => {
    const guesses = await Promise.all(Array.from({ length: 60 }, () => logIn(CUSTOMER, 'a guess')));

    const checked = guesses.filter(({ status }) => status === 401);
    expect(checked.length).toBeGreaterThanOrEqual(MAX_FAILURES);
    expect(checked.length).toBeLessThanOrEqual(MAX_FAILURES + 2);
  });

  it('accepts logins again after the window', async () => {
    await failLogins(MAX_FAILURES);
    await app.database.query('UPDATE login_failures SET expire = $1', [Date.now() - 1]);

    expect((await logIn(CUSTOMER, PASSWORD)).status).toBe(200);
  });

  it('stores hashes instead of the email and the address', async () => {
    await failLogins(1);

    const rows = await app.database.query<{ key: string }>('SELECT key FROM login_failures');
    expect(rows).toHaveLength(2);
    for (const { key } of rows) expect(key).toMatch(/^(account|address):[\w-]{43}$/);
  });
});

describe('POST /auth/token without trusted proxies', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.close());

  it('ignores X-Forwarded-For when it counts failures', async () => {
    const statuses: number[] = [];
    for (let guess = 0; guess <= MAX_FAILURES; guess += 1) {
      const { status } = await request(app.url)
        .post('/api/v1/auth/token')
        .type('form')
        .set('X-Forwarded-For', `203.0.113.${guess}`)
        .send({ username: CUSTOMER, password: 'a guess' });
      statuses.push(status);
    }

    expect(statuses).toEqual([...Array(MAX_FAILURES).fill(401), 429]);
  });
});
