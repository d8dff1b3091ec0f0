import { hash } from 'argon2';
import { TestApp } from '../support/test-app.js';
import { claimsOf } from '../support/token.js';
import { Device, sessionOf } from './session-client.js';

const WEEK_SECONDS = 7 * 24 * 60 * 60;

describe('POST /auth/token', () => {
  let app: TestApp;
  let phone: Device;

  beforeAll(async () => {
    app = await TestApp.start();
    phone = new Device(app.url);
  });
  afterAll(() => app.close());

  describe('with the scope offline_access', () => {
    it('returns a refresh token of 256 bits that lives for 7 days', async () => {
      const { body, headers } = await phone.logIn().expect(200);

      expect(body).toEqual({
        access_token: expect.any(String),
        token_type: 'bearer',
        expires_in: 1800,
        refresh_token: expect.stringMatching(/^[\w-]{43}$/),
        refresh_expires_in: WEEK_SECONDS,
      });
      expect(headers['cache-control']).toBe('no-store');
    });

    it('stores only a hash of the refresh token', async () => {
      const { refresh_token } = await phone.openSession();

      const rows = await app.database.query('SELECT * FROM refresh_tokens');
      expect(JSON.stringify(rows)).not.toContain(refresh_token);
      expect(rows).toContainEqual(expect.objectContaining({ hash: expect.any(Buffer), rotated_at: null }));
    });

    it('accepts other scopes beside it', async () => {
      const { body } = await phone.logIn({ scope: 'openid offline_access' }).expect(200);

      expect(body).toHaveProperty('refresh_token');
    });

    it('opens a session also if the login replaces a hash of weaker parameters', async () => {
      const weak = await hash('customer123', { memoryCost: 1024, timeCost: 1, parallelism: 1 });
      await app.database.query(`UPDATE users SET hashed_password = $1 WHERE email LIKE 'customer@%'`, [weak]);

      await phone.rotate(await phone.openSession());
    });

    it('opens a session for each of the logins that replace one hash at once', async () => {
      const weak = await hash('customer123', { memoryCost: 1024, timeCost: 1, parallelism: 1 });
      await app.database.query(`UPDATE users SET hashed_password = $1 WHERE email LIKE 'customer@%'`, [weak]);

      const logins = await Promise.all(Array.from({ length: 6 }, () => phone.logIn()));

      expect(logins.map(({ status }) => status)).toEqual(Array(6).fill(200));
    });

    it('opens another session for each device', async () => {
      const [one, other] = [await phone.openSession(), await phone.openSession()];

      expect(sessionOf(one)).not.toBe(sessionOf(other));
      await phone.use(one).expect(404);
      await phone.use(other).expect(404);
    });
  });

  it.each(['', 'profile', 'offline_access_not', 'OFFLINE_ACCESS'])(
    'opens no session with the scope "%s"',
    async (scope) => {
      const { body } = await phone.logIn({ scope }).expect(200);

      expect(Object.keys(body as object)).toEqual(['access_token', 'token_type', 'expires_in']);
      expect(claimsOf(body.access_token)).not.toHaveProperty('sid');
    },
  );
});
