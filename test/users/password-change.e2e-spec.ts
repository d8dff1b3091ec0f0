import { randomUUID } from 'node:crypto';
import request, { type Response, type Test } from 'supertest';
import { Device, type Tokens } from '../sessions/session-client.js';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';

const OLD = 'three blue cups of tea';
const NEW = 'four green cups of tea';
const MAX_FAILURES = 10;

let app: TestApp;
let device: Device;

beforeAll(async () => {
  app = await TestApp.start();
  device = new Device(app.url);
});
beforeEach(() => app.database.query('TRUNCATE registration_attempts, login_failures'));
afterAll(() => app.close());

/** Returns the e-mail of a new customer with the password OLD. */
async function register(): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  await app.anonymous().post('/api/v1/auth/register', { email, password: OLD }).expect(201);
  return email;
}

function logIn(email: string, password = OLD): Test {
  return device.logIn({ username: email, password, scope: '' });
}

async function loggedIn(email: string): Promise<Tokens> {
  return (await logIn(email).expect(200)).body as Tokens;
}

async function openSession(email: string): Promise<Tokens> {
  return (await device.logIn({ username: email, password: OLD }).expect(200)).body as Tokens;
}

function change({ access_token: token }: Pick<Tokens, 'access_token'>, current = OLD, next = NEW): Test {
  return request(app.url)
    .post('/api/v1/auth/password')
    .set('Authorization', `Bearer ${token}`)
    .send({ current_password: current, new_password: next });
}

/** Expects that the API refuses the token as soon as it has forgotten that it accepted it. */
async function expectEnd(tokens: Tokens): Promise<void> {
  const { body } = await eventually('the end of a token', async () => {
    const response: Response = await device.use(tokens);
    return response.status === 401 ? response : undefined;
  });
  expect(body.code).toBe('invalid_token');
}

describe('POST /auth/password', () => {
  it('replaces the password', async () => {
    const email = await register();

    const { text } = await change(await loggedIn(email)).expect(204);

    expect(text).toBe('');
    await logIn(email, NEW).expect(200);
    await logIn(email, OLD).expect(401);
  });

  it("ends the user's other sessions", async () => {
    const email = await register();
    const [phone, tablet] = [await openSession(email), await openSession(email)];
    await device.use(tablet).expect(404);

    await change(phone).expect(204);

    expect((await device.refresh(tablet.refresh_token).expect(400)).body.code).toBe('invalid_grant');
    await expectEnd(tablet);
  });

  it('leaves the session alone that changes it', async () => {
    const phone = await openSession(await register());

    await change(phone).expect(204);

    await device.use(phone).expect(404);
    await device.refresh(phone.refresh_token).expect(200);
  });

  it("leaves other users' sessions alone", async () => {
    const other = await openSession(await register());

    await change(await openSession(await register())).expect(204);

    await device.refresh(other.refresh_token).expect(200);
  });

  it('ends the access tokens without a session that were issued before', async () => {
    const email = await register();
    const [own, other] = [await loggedIn(email), await loggedIn(email)];
    await device.use(other).expect(404);

    await change(own).expect(204);

    await expectEnd(other);
    await expectEnd(own);
  });

  it('leaves a token alone that is issued right afterwards', async () => {
    const email = await register();
    const before = await loggedIn(email);
    await change(before).expect(204);

    const { body } = await logIn(email, NEW).expect(200);

    await expectEnd(before);
    await device.use(body as Tokens).expect(404);
  });

  it('lets one of eight concurrent changes succeed', async () => {
    const email = await register();
    const tokens = await loggedIn(email);
    const passwords = Array.from({ length: 8 }, (_, index) => `${NEW} ${index}`);

    const responses = await Promise.all(passwords.map((password) => change(tokens, OLD, password)));

    expect(responses.map(({ status }) => status).sort()).toEqual([204, ...Array<number>(7).fill(401)]);
    const winner = responses.findIndex(({ status }) => status === 204);
    await logIn(email, passwords[winner]).expect(200);
  });

  it('refuses a wrong current password like a login', async () => {
    const tokens = await loggedIn(await register());

    const { body, headers } = await change(tokens, 'a guess').expect(401);

    expect(body).toMatchObject({ code: 'incorrect_credentials', detail: 'Incorrect email or password' });
    expect(headers['www-authenticate']).toBe('Bearer realm="coffee-shop"');
  });

  it('counts a wrong current password as a failed login', async () => {
    const email = await register();
    const tokens = await loggedIn(email);
    for (let failure = 0; failure < MAX_FAILURES; failure += 1) await change(tokens, 'a guess').expect(401);

    expect((await logIn(email).expect(429)).body.code).toBe('too_many_failed_logins');
  });

  it('returns 429 with Retry-After after failed logins', async () => {
    const email = await register();
    const tokens = await loggedIn(email);
    for (let failure = 0; failure < MAX_FAILURES; failure += 1) await logIn(email, 'a guess').expect(401);

    const { body, headers } = await change(tokens).expect(429);

    expect(body.code).toBe('too_many_failed_logins');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  it.each([
    ['is short', 'short'],
    ['is common', '1234567890qwerty'],
    ['is missing', undefined],
  ])('returns 422 with the field new_password if it %s', async (_, password) => {
    const email = await register();
    const tokens = await loggedIn(email);

    const { body } = await request(app.url)
      .post('/api/v1/auth/password')
      .set('Authorization', `Bearer ${tokens.access_token}`)
      .send({ current_password: OLD, new_password: password })
      .expect(422);

    expect(body.errors).toEqual([{ field: 'new_password', message: expect.any(String) }]);
    await logIn(email).expect(200);
  });

  it('refuses the e-mail as the new password', async () => {
    const email = await register();

    const { body } = await change(await loggedIn(email), OLD, email.toUpperCase()).expect(422);

    expect(body.detail).toBe('The password must not be the e-mail');
  });

  it('returns 401 if the user was deleted a moment ago', async () => {
    const email = await register();
    const tokens = await loggedIn(email);
    await device.use(tokens).expect(404);
    await app.database.query('DELETE FROM users WHERE email = $1', [email]);

    expect((await change(tokens).expect(401)).body.code).toBe('invalid_token');
  });
});
