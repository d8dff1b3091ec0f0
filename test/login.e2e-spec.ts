import { randomUUID } from 'node:crypto';
import { hash } from 'argon2';
import request, { type Test } from 'supertest';
import { Person } from './support/person.js';
import { TestApp } from './support/test-app.js';
import { claimsOf, keyIdOf, sign } from './support/token.js';

const SECRET = 'a secret of more than 32 characters, for tests';
const LOG_IN = '/api/v1/auth/token';

describe('POST /auth/token', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ JWT_SECRET_KEY: SECRET });
  });
  afterAll(() => app.close());

  function logIn(form: Record<string, string | string[]>): Test {
    return request(app.url).post(LOG_IN).type('form').send(form);
  }

  describe.each([
    ['customer@example.com', 'customer123', 'customer'],
    ['barista@example.com', 'barista123', 'barista'],
    ['manager@example.com', 'manager123', 'manager'],
    ['CUSTOMER@Example.Com', 'customer123', 'customer'],
  ])('for %s', (username, password, role) => {
    it('returns a bearer token that no cache may store', async () => {
      const { body, headers } = await logIn({ username, password }).expect(200);

      expect(body).toEqual({ access_token: expect.any(String), token_type: 'bearer', expires_in: 1800 });
      expect(headers['cache-control']).toBe('no-store');
    });

    it('signs a token with the role and a lifetime of 30 minutes', async () => {
      const { body } = await logIn({ username, password }).expect(200);

      const claims = claimsOf(body.access_token);
      const [user] = await app.database.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [
        username.toLowerCase(),
      ]);
      expect(claims).toEqual({
        sub: user?.id,
        role,
        iat: expect.any(Number),
        exp: Number(claims.iat) + 1800,
        iss: 'coffee-shop',
        aud: 'coffee-shop-api',
      });
      expect(Math.abs(Number(claims.iat) - Date.now() / 1000)).toBeLessThan(10);
      expect(body.access_token).toBe(sign(claims, SECRET, 'HS256', { kid: keyIdOf(SECRET) }));
    });

    it('returns a token that the API accepts', async () => {
      const { body } = await logIn({ username, password }).expect(200);

      await new Person(app.url, '', body.access_token).get(`/api/v1/orders/${randomUUID()}`).expect(404);
    });
  });

  it('accepts the form of the OpenAPI page', async () => {
    await logIn({
      username: 'customer@example.com',
      password: 'customer123',
      grant_type: 'password',
      scope: '',
      client_id: '',
      client_secret: '',
    }).expect(200);
  });

  it.each([
    ['surrounding blanks', ' \tcustomer@example.com\u00a0 '],
    ['upper case', 'CUSTOMER@EXAMPLE.COM'],
  ])('accepts a username with %s', async (_, username) => {
    await logIn({ username, password: 'customer123' }).expect(200);
  });

  it.each([
    ['NFC', 'NFD'],
    ['NFD', 'NFC'],
  ])('accepts letters that were registered in %s and are sent in %s', async (registered, sent) => {
    const [email, password] = [`josé.${registered}@example.com`, 'Crème brûlée für alle'];
    const user = { email: ` ${email.normalize(registered)} `, password: password.normalize(registered) };
    await app.anonymous().post('/api/v1/auth/register', user).expect(201);

    await logIn({ username: email.normalize(sent), password: password.normalize(sent) }).expect(200);
  });

  it('replaces a hash of weaker parameters at the next login', async () => {
    const credentials = { username: 'weak@example.com', password: 'customer123' };
    const weak = await hash(credentials.password, { memoryCost: 1024, timeCost: 1, parallelism: 1 });
    await app.database.query(`INSERT INTO users (email, hashed_password, role) VALUES ($1, $2, 'customer')`, [
      credentials.username,
      weak,
    ]);
    await logIn(credentials).expect(200);

    const [user] = await app.database.query<{ hashed_password: string }>(
      'SELECT hashed_password FROM users WHERE email = $1',
      [credentials.username],
    );
    expect(user?.hashed_password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await logIn(credentials).expect(200);
  });

  it.each([
    ['a wrong password', 'customer@example.com', 'customer124'],
    ['the password in upper case', 'customer@example.com', 'CUSTOMER123'],
    ["another user's password", 'customer@example.com', 'manager123'],
    ['a space after the password', 'customer@example.com', 'customer123 '],
    ['an unknown email', 'nobody@example.com', 'customer123'],
    ['SQL', `' OR 1=1 --`, `' OR 1=1 --`],
    ['a wildcard', 'customer%', 'customer123'],
  ])('returns the same 401 for %s', async (_, username, password) => {
    const { body, headers } = await logIn({ username, password }).expect(401);

    expect(headers['www-authenticate']).toBe('Bearer realm="coffee-shop"');
    expect({ ...body, request_id: '' }).toEqual({
      type: expect.any(String),
      title: 'Unauthorized',
      status: 401,
      detail: 'Incorrect email or password',
      instance: LOG_IN,
      code: 'incorrect_credentials',
      request_id: '',
    });
  });
});
