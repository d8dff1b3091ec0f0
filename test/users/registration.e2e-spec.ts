import { randomUUID } from 'node:crypto';
import request, { type Test } from 'supertest';
import { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

const REGISTER = '/api/v1/auth/register';
const ME = '/api/v1/auth/me';
const PASSWORD = 'three blue cups of tea';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(() => app.database.query('DELETE FROM registration_attempts'));
afterAll(() => app.close());

function register(email: string, password = PASSWORD): Test {
  return app.anonymous().post(REGISTER, { email, password });
}

async function logIn(username: string, password = PASSWORD): Promise<Person> {
  const { body } = await app
    .anonymous()
    .post('/api/v1/auth/token')
    .type('form')
    .send({ username, password })
    .expect(200);
  return new Person(app.url, username, body.access_token);
}

describe('POST /auth/register', () => {
  it('creates a customer', async () => {
    const { body } = await register('ana@example.com').expect(201);

    expect(body).toEqual({
      id: expect.any(String),
      email: 'ana@example.com',
      role: 'customer',
      created_at: expect.any(String),
    });
  });

  it('lets the customer log in and order', async () => {
    await register(' Ben@Example.com').expect(201);

    const ben = await logIn('ben@example.com');

    await ben.placeOrder(['Latte', 'Vanilla']);
  });

  it.each(['', '/'])('leads with Location to the account, from %j', async (suffix) => {
    const email = `${randomUUID()}@example.com`;
    const { body, headers } = await request(app.url)
      .post(REGISTER + suffix)
      .send({ email, password: PASSWORD })
      .expect(201);

    expect(headers.location).toBe(ME);
    expect((await (await logIn(email)).get(ME).expect(200)).body).toEqual(body);
  });

  it.each(['taken@example.com', ' TAKEN@example.com'])('returns 409 if %j is taken', async (email) => {
    await app.database.query(
      `INSERT INTO users (email, hashed_password, role) VALUES ('taken@example.com', '!', 'customer') ON CONFLICT DO NOTHING`,
    );

    expect((await register(email).expect(409)).body.code).toBe('email_taken');
  });

  it('creates one user of twenty concurrent registrations of one e-mail', async () => {
    const emails = ['Race@example.com', 'race@example.com'];
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) => register(emails[index % 2]!, `${PASSWORD} ${index}`)),
    );

    expect(responses.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(409)]);
    const winner = responses.findIndex(({ status }) => status === 201);
    await logIn('race@example.com', `${PASSWORD} ${winner}`);
  });

  it.each([
    ['email', 'nobody', PASSWORD],
    ['email', 'a@example.com\0', PASSWORD],
    ['email', `${'x'.repeat(65)}@example.com`, PASSWORD],
    ['password', 'eve@example.com', 'x'.repeat(14)],
    ['password', 'eve@example.com', 'x'.repeat(129)],
    ['password', 'eve@example.com', 'PasswordPassword'],
    ['password', 'eve.of.the.shop@example.com', 'Eve.of.the.shop@example.com'],
  ])('returns 422 with the field %s for %j and the password %j', async (field, email, password) => {
    const { body } = await register(email, password).expect(422);

    expect(body.errors).toEqual([{ field, message: expect.any(String) }]);
  });

  it('says why a password is refused', async () => {
    const { body } = await register('eve@example.com', 'qwerty123456789').expect(422);

    expect(body).toMatchObject({
      code: 'password_refused',
      detail: 'The password must not be in the list of common passwords',
    });
  });

  it.each(['role', 'disabled', 'id', 'hashed_password'])('refuses the field %s', async (field) => {
    const body = { email: 'eve@example.com', password: PASSWORD, [field]: 'manager' };

    await app.anonymous().post(REGISTER, body).expect(422);
  });

  it('takes as long for a taken e-mail', async () => {
    const fastestMs = async (emailOf: () => string): Promise<number> => {
      const times: number[] = [];
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const startedAt = performance.now();
        await register(emailOf());
        times.push(performance.now() - startedAt);
      }
      return Math.min(...times);
    };
    const newMs = await fastestMs(() => `${randomUUID()}@example.com`);

    expect(await fastestMs(() => 'customer@example.com')).toBeGreaterThan(newMs / 3);
  });
});

describe('GET /auth/me', () => {
  it.each(['customer', 'manager'] as const)('returns the account of a %s', async (role) => {
    const person = await app[role]();

    expect((await person.get(ME).expect(200)).body).toEqual({
      id: person.id,
      email: expect.stringMatching(/@example\.com$/),
      role,
      created_at: expect.any(String),
    });
  });

  it('returns 401 if the user was deleted a moment ago', async () => {
    const ana = await app.customer();
    await ana.get(ME).expect(200);
    await app.database.query('DELETE FROM users WHERE id = $1', [ana.id]);

    expect((await ana.get(ME).expect(401)).body.code).toBe('invalid_token');
  });
});
