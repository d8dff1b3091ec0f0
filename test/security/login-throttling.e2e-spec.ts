import { randomUUID } from 'node:crypto';
import request, { type Response } from 'supertest';
import { ApiProcess } from '../support/api-process.js';
import { TestApp } from '../support/test-app.js';

const FAILURES = 10;
const CUSTOMER = 'customer@example.com';
const PASSWORD = 'customer123';

describe('guessing passwords', () => {
  let app: TestApp;
  let other: ApiProcess;

  beforeAll(async () => {
    // One proxy is trusted, so that these tests can come from many addresses.
    app = await TestApp.start({ TRUSTED_PROXIES: '1' });
    other = await ApiProcess.start(app.environment);
  });
  beforeEach(() => app.database.query('DELETE FROM login_failures'));
  afterAll(async () => {
    await other.stop();
    await app.close();
  });

  async function logIn(
    username: string,
    password: string,
    { at = app.url, from = '203.0.113.1' } = {},
  ): Promise<Response> {
    return request(at)
      .post('/api/v1/auth/token')
      .type('form')
      .set('X-Forwarded-For', from)
      .send({ username, password });
  }

  async function fails(times: number, where?: Parameters<typeof logIn>[2]): Promise<void> {
    for (let failure = 0; failure < times; failure += 1)
      expect((await logIn(CUSTOMER, 'a guess', where)).status).toBe(401);
  }

  it('is answered with 429 and Retry-After from the eleventh time on, whichever process is asked', async () => {
    await fails(FAILURES / 2);
    await fails(FAILURES / 2, { at: other.url });

    for (const at of [app.url, other.url]) {
      const { status, headers, body } = await logIn(CUSTOMER, 'a guess', { at });
      expect(status).toBe(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(300);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(body.code).toBe('too_many_failed_logins');
    }
  });

  it('does not tell by then whether a guess was right', async () => {
    await fails(FAILURES);

    expect((await logIn(CUSTOMER, PASSWORD)).status).toBe(429);
  });

  it('is over for a user who remembers: earlier mistakes are forgotten', async () => {
    await fails(FAILURES - 1);
    expect((await logIn(CUSTOMER, PASSWORD)).status).toBe(200);

    await fails(FAILURES - 1);
    expect((await logIn(CUSTOMER, PASSWORD)).status).toBe(200);
  });

  it('counts no login that succeeds', async () => {
    for (let login = 0; login < 2 * FAILURES; login += 1)
      expect((await logIn(CUSTOMER, PASSWORD)).status).toBe(200);
  });

  it('locks nobody out: the account opens from another address, and the address opens another account', async () => {
    await fails(FAILURES);

    expect((await logIn(CUSTOMER, PASSWORD, { from: '203.0.113.2' })).status).toBe(200);
    expect((await logIn('manager@example.com', 'manager123')).status).toBe(200);
  });

  it('counts an e-mail in other letters as the same account', async () => {
    await fails(FAILURES);

    expect((await logIn(CUSTOMER.toUpperCase(), 'a guess')).status).toBe(429);
  });

  it('counts unknown e-mails too, so that a 429 does not tell who is a customer', async () => {
    for (let failure = 0; failure < FAILURES; failure += 1)
      expect((await logIn('nobody@example.com', 'a guess')).status).toBe(401);

    expect((await logIn('nobody@example.com', 'a guess')).status).toBe(429);
  });

  it('goes no further with a new e-mail each time: after a hundred failures the address waits', async () => {
    const guesses = Array.from({ length: 100 }, () => logIn(`${randomUUID()}@example.com`, 'a guess'));
    expect((await Promise.all(guesses)).map(({ status }) => status)).toEqual(Array(100).fill(401));

    expect((await logIn(CUSTOMER, PASSWORD)).status).toBe(429);
  });

  it('goes little further all at once', async () => {
    const guesses = await Promise.all(Array.from({ length: 60 }, () => logIn(CUSTOMER, 'a guess')));

    const checked = guesses.filter(({ status }) => status === 401);
    expect(checked.length).toBeGreaterThanOrEqual(FAILURES);
    expect(checked.length).toBeLessThanOrEqual(FAILURES + 2);
  });

  it('may go on when the window is over', async () => {
    await fails(FAILURES);
    await app.database.query('UPDATE login_failures SET expire = $1', [Date.now() - 1]);

    expect((await logIn(CUSTOMER, PASSWORD)).status).toBe(200);
  });

  it('leaves neither e-mail nor address in the table', async () => {
    await fails(1);

    const rows = await app.database.query<{ key: string }>('SELECT key FROM login_failures');
    expect(rows).toHaveLength(2);
    for (const { key } of rows) expect(key).toMatch(/^(account|address):[\w-]{43}$/);
  });
});

describe('an address that a client makes up', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.close());

  it('does not help where no proxy is trusted', async () => {
    const statuses: number[] = [];
    for (let guess = 0; guess <= FAILURES; guess += 1) {
      const { status } = await request(app.url)
        .post('/api/v1/auth/token')
        .type('form')
        .set('X-Forwarded-For', `203.0.113.${guess}`)
        .send({ username: CUSTOMER, password: 'a guess' });
      statuses.push(status);
    }

    expect(statuses).toEqual([...Array(FAILURES).fill(401), 429]);
  });
});
