import { randomUUID } from 'node:crypto';
import request, { type Response } from 'supertest';
import { TestApp } from '../support/test-app.js';

const MAX_FAILURES = 10;
const MAX_FAILURES_PER_ADDRESS = 100;
const OFFICE = '203.0.113.1';
const MANAGER = ['manager@example.com', 'manager123'] as const;
const CUSTOMER = ['customer@example.com', 'customer123'] as const;

describe('POST /auth/token from an address whose failures are too many', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ TRUSTED_PROXIES: '1' });
  });
  beforeEach(async () => {
    await app.database.query('DELETE FROM login_failures');
    await app.database.query('DELETE FROM known_logins');
  });
  afterAll(() => app.close());

  async function logIn(username: string, password: string, address = OFFICE): Promise<Response> {
    return request(app.url)
      .post('/api/v1/auth/token')
      .type('form')
      .set('X-Forwarded-For', address)
      .send({ username, password });
  }

  /** Sends one guess, and counts as many more as the address may have. */
  async function throttleAddress(address = OFFICE): Promise<void> {
    expect((await logIn(`${randomUUID()}@example.com`, 'a guess', address)).status).toBe(401);
    await app.database.query(`UPDATE login_failures SET points = $1 WHERE key LIKE 'address:%'`, [
      MAX_FAILURES_PER_ADDRESS,
    ]);
    expect((await logIn(`${randomUUID()}@example.com`, 'a guess', address)).status).toBe(429);
  }

  it('accepts an account that logged in from there', async () => {
    await logIn(...MANAGER);
    await throttleAddress();

    expect((await logIn(...MANAGER)).status).toBe(200);
  });

  it('accepts it from another port, and with the e-mail in another case', async () => {
    await logIn(...MANAGER, `${OFFICE}:50001`);
    await throttleAddress();

    expect((await logIn('Manager@Example.com', MANAGER[1], `${OFFICE}:50002`)).status).toBe(200);
  });

  it('refuses an account that logged in from another address', async () => {
    await logIn(...MANAGER, '203.0.113.2');
    await throttleAddress();

    expect((await logIn(...MANAGER)).status).toBe(429);
  });

  it('refuses other accounts', async () => {
    await logIn(...MANAGER);
    await throttleAddress();

    expect((await logIn(...CUSTOMER)).status).toBe(429);
  });

  it('refuses an account that only failed to log in from there', async () => {
    expect((await logIn(MANAGER[0], 'a guess')).status).toBe(401);
    await throttleAddress();

    expect((await logIn(...MANAGER)).status).toBe(429);
  });

  it('refuses an account after its own failures', async () => {
    await logIn(...MANAGER);
    await throttleAddress();
    for (let failure = 0; failure < MAX_FAILURES; failure += 1)
      expect((await logIn(MANAGER[0], 'a guess')).status).toBe(401);

    expect((await logIn(...MANAGER)).status).toBe(429);
  });

  it('remembers a login for a day', async () => {
    await logIn(...MANAGER);
    const [row] = await app.database.query<{ expire: string }>('SELECT expire FROM known_logins');
    expect(Math.abs(Number(row?.expire) - Date.now() - 24 * 60 * 60 * 1000)).toBeLessThan(60_000);

    await app.database.query('UPDATE known_logins SET expire = $1', [Date.now() - 1]);
    await throttleAddress();

    expect((await logIn(...MANAGER)).status).toBe(429);
  });

  it('stores a hash instead of the e-mail and the address', async () => {
    await logIn(...MANAGER);

    const rows = await app.database.query<{ key: string }>('SELECT key FROM known_logins');
    expect(rows).toEqual([{ key: expect.stringMatching(/^account:[\w-]{43}$/) }]);
  });
});
