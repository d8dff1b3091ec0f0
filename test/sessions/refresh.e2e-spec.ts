import request from 'supertest';
import { TestApp } from '../support/test-app.js';
import { claimsOf } from '../support/token.js';
import { countUnused, Device, sessionOf, setUsed } from './session-client.js';

const DAY_SECONDS = 24 * 60 * 60;
const INVALID_GRANT = { code: 'invalid_grant', error: 'invalid_grant' };

describe('POST /auth/token with a refresh token', () => {
  let app: TestApp;
  let phone: Device;

  beforeAll(async () => {
    app = await TestApp.start();
    phone = new Device(app.url);
  });
  afterAll(() => app.close());

  /** Changes the times of a session, for example `created_at = now()`. */
  async function setTimes(session: unknown, times: string): Promise<void> {
    await app.database.query(`UPDATE sessions SET ${times} WHERE id = $1`, [session]);
  }

  it('returns new tokens of the same session', async () => {
    const tokens = await phone.openSession();

    const { body, headers } = await phone.refresh(tokens.refresh_token).expect(200);

    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      expires_in: 1800,
      refresh_token: expect.stringMatching(/^[\w-]{43}$/),
      refresh_expires_in: 7 * DAY_SECONDS,
    });
    expect(body.refresh_token).not.toBe(tokens.refresh_token);
    expect(sessionOf(body)).toBe(sessionOf(tokens));
    expect(headers['cache-control']).toBe('no-store');
    await phone.use(body).expect(404);
  });

  it('accepts a multipart form', async () => {
    const { refresh_token } = await phone.openSession();

    await request(app.url)
      .post('/api/v1/auth/token')
      .field('grant_type', 'refresh_token')
      .field('refresh_token', refresh_token)
      .expect(200);
  });

  it("returns the user's present role", async () => {
    const tokens = await new Device(app.url, 'manager').openSession();
    await app.database.query(`UPDATE users SET role = 'customer' WHERE email = 'manager@example.com'`);

    const { access_token } = await phone.rotate(tokens);

    expect(claimsOf(access_token).role).toBe('customer');
    await app.database.query(`UPDATE users SET role = 'manager' WHERE email = 'manager@example.com'`);
  });

  it('returns an access token that works at once, although the former role is cached', async () => {
    const tokens = await new Device(app.url, 'manager').openSession();
    await phone.use(tokens).expect(404);
    await app.database.query(`UPDATE users SET role = 'customer' WHERE email = 'manager@example.com'`);

    const next = await phone.rotate(tokens);

    await phone.use(next).expect(404);
    await app.database.query(`UPDATE users SET role = 'manager' WHERE email = 'manager@example.com'`);
  });

  it('returns the same successor for a repeat within ten seconds', async () => {
    const tokens = await phone.openSession();
    const first = await phone.rotate(tokens);
    await setUsed(app.database, tokens, '5 seconds');

    const second = await phone.rotate(tokens);

    expect(second.refresh_token).toBe(first.refresh_token);
    expect(await countUnused(app.database, tokens)).toBe(1);
    await phone.rotate(second);
  });

  it('returns the same successor for a repeat after the successor was used', async () => {
    const tokens = await phone.openSession();
    const first = await phone.rotate(tokens);
    const next = await phone.rotate(first);

    expect((await phone.rotate(tokens)).refresh_token).toBe(first.refresh_token);
    expect((await phone.rotate(first)).refresh_token).toBe(next.refresh_token);
    await phone.rotate(next);
  });

  it('ends the session, and no other, if the token was used more than ten seconds ago', async () => {
    const [tokens, other] = [await phone.openSession(), await phone.openSession()];
    const stolen = await phone.rotate(tokens);
    await setUsed(app.database, tokens, '11 seconds');

    expect((await phone.refresh(tokens.refresh_token).expect(400)).body).toMatchObject(INVALID_GRANT);

    await phone.refresh(stolen.refresh_token).expect(400);
    await phone.rotate(other);
  });

  it('shortens the last week of a session to the rest of its 30 days', async () => {
    const tokens = await phone.openSession();
    await setTimes(sessionOf(tokens), `created_at = now() - interval '29 days'`);

    const { refresh_expires_in } = await phone.rotate(tokens);

    expect(refresh_expires_in).toBeGreaterThan(DAY_SECONDS - 60);
    expect(refresh_expires_in).toBeLessThanOrEqual(DAY_SECONDS);
  });

  it('renews the time without use', async () => {
    const tokens = await phone.openSession();
    await setTimes(sessionOf(tokens), `expires_at = now() + interval '1 minute'`);

    expect((await phone.rotate(tokens)).refresh_expires_in).toBe(7 * DAY_SECONDS);
  });

  it('returns 400 invalid_grant after the session has expired, whose access token is 401', async () => {
    const tokens = await phone.openSession();
    await setTimes(sessionOf(tokens), 'expires_at = now()');

    expect((await phone.refresh(tokens.refresh_token).expect(400)).body).toMatchObject(INVALID_GRANT);
    await phone.use(tokens).expect(401);
  });

  it.each([
    ['is unknown', 'A'.repeat(43)],
    ['is no token', '%\u{1f375}'],
  ])('returns 400 invalid_grant if it %s', async (_, token) => {
    expect((await phone.refresh(token).expect(400)).body).toMatchObject(INVALID_GRANT);
  });

  it('returns 400 invalid_grant for an access token', async () => {
    const { access_token } = await phone.openSession();

    expect((await phone.refresh(access_token).expect(400)).body).toMatchObject(INVALID_GRANT);
  });

  it.each([{}, { refresh_token: '' }])('returns 400 invalid_request for %j', async (form) => {
    const { body } = await phone.logIn({ grant_type: 'refresh_token', ...form }).expect(400);

    expect(body).toMatchObject({ code: 'invalid_request', error: 'invalid_request' });
  });
});
