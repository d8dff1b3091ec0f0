import { randomUUID } from 'node:crypto';
import pg from 'pg';
import request, { type Response } from 'supertest';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';

const MAX_FAILURES = 10;
/** More than are checked and queued at the same time. */
const CONNECTIONS = 130;
const ATTACKER = '203.0.113.66';
const CUSTOMER = 'customer@example.com';

describe('POST /auth/token while one address sends many logins', () => {
  let app: TestApp;
  let locks: pg.Client;

  beforeAll(async () => {
    app = await TestApp.start({ TRUSTED_PROXIES: '1' });
    locks = new pg.Client({ connectionString: app.database.url });
    await locks.connect();
  });
  beforeEach(() => app.database.query('DELETE FROM login_failures'));
  afterAll(async () => {
    await locks.end();
    await app.close();
  });

  async function logIn(username: string, password: string, address: string): Promise<Response> {
    return request(app.url)
      .post('/api/v1/auth/token')
      .type('form')
      .set('X-Forwarded-For', address)
      .send({ username, password });
  }

  /** Sends guesses at once, and while they wait the right logins of three other addresses. */
  async function flood(username: () => string): Promise<{ guesses: Response[]; others: Response[] }> {
    let received = 0;
    const count = (): number => (received += 1);
    app.api.getHttpServer().on('request', count);
    const guesses = Array.from({ length: CONNECTIONS }, () => logIn(username(), 'a guess', ATTACKER));
    const others = ['203.0.113.1', '203.0.113.2', '2001:db8::1'].map((address) =>
      logIn('manager@example.com', 'manager123', address),
    );
    await eventually('all requests', () => received >= CONNECTIONS + others.length);
    app.api.getHttpServer().off('request', count);
    await locks.query('ROLLBACK');
    return { guesses: await Promise.all(guesses), others: await Promise.all(others) };
  }

  it('accepts the logins of others while the address is throttled', async () => {
    for (let failure = 0; failure < MAX_FAILURES; failure += 1) await logIn(CUSTOMER, 'a guess', ATTACKER);
    // Nothing is read or answered before all requests have arrived.
    await locks.query('BEGIN; LOCK TABLE login_failures');

    const { guesses, others } = await flood(() => CUSTOMER);

    expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(guesses.map(({ body }) => (body as { code: string }).code)).not.toContain('logins_busy');
  });

  it('accepts the logins of others before the address is throttled', async () => {
    const { guesses, others } = await flood(() => `${randomUUID()}@example.com`);

    expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
    const refused = guesses.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    for (const { body } of refused) expect(body.code).toBe('logins_busy');
  });
});
