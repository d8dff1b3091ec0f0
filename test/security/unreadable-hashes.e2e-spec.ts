import request, { type Response } from 'supertest';
import { ApiProcess } from '../support/api-process.js';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';

const CUSTOMER = 'customer@example.com';
const PASSWORD = 'customer123';
const MAX_FAILURES = 10;

describe('POST /auth/token for a user whose stored hash cannot be read', () => {
  let app: TestApp;
  let api: ApiProcess;
  let userId: string;
  let validHash: string;

  beforeAll(async () => {
    app = await TestApp.start();
    api = await ApiProcess.start({ ...app.environment, LOG_LEVEL: 'info' });
    const [user] = await app.database.query<{ id: string; hashed_password: string }>(
      `SELECT id, hashed_password FROM users WHERE email = '${CUSTOMER}'`,
    );
    if (!user) throw new Error('The customer is not seeded');
    [userId, validHash] = [user.id, user.hashed_password];
  });
  beforeEach(() => app.database.query('DELETE FROM login_failures'));
  afterAll(async () => {
    await api.stop();
    await app.close();
  });

  async function logIn(username = CUSTOMER, password = PASSWORD): Promise<Response> {
    return request(api.url).post('/api/v1/auth/token').type('form').send({ username, password });
  }

  async function storeHash(hash: string): Promise<void> {
    await app.database.query(`UPDATE users SET hashed_password = $1 WHERE id = $2`, [hash, userId]);
  }

  async function fastestMs(login: () => Promise<Response>): Promise<number> {
    const times: number[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const startedAt = performance.now();
      expect((await login()).status).toBe(401);
      times.push(performance.now() - startedAt);
    }
    return Math.min(...times);
  }

  it.each<[string, (valid: string) => string]>([
    ['is empty', () => ''],
    ['is a mark such as !', () => '!'],
    ['has no hash', (valid) => valid.split('$').slice(0, 5).join('$')],
    ['has no salt', (valid) => valid.split('$').slice(0, 4).join('$')],
    ['has cut parameters', (valid) => valid.slice(0, valid.indexOf(','))],
    ['has a cut hash', (valid) => valid.slice(0, valid.lastIndexOf('$') + 3)],
    ['has an unknown algorithm', (valid) => valid.replace('argon2id', 'argon2x')],
    ['is of bcrypt', () => '$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'],
  ])('returns the usual 401 if the hash %s', async (_, change) => {
    await storeHash(change(validHash));

    expect((await logIn()).body).toMatchObject({ status: 401, code: 'incorrect_credentials' });
  });

  it('counts these logins as failures', async () => {
    await storeHash('!');
    for (let failure = 0; failure < MAX_FAILURES; failure += 1) expect((await logIn()).status).toBe(401);

    expect((await logIn()).status).toBe(429);
  });

  it('takes as long as for an unknown e-mail', async () => {
    await storeHash('!');
    const unknownMs = await fastestMs(() => logIn('nobody@example.com'));

    expect(await fastestMs(logIn)).toBeGreaterThan(unknownMs / 3);
  });

  it('logs it once, with the id of the user and without the hash', async () => {
    await storeHash('secret-but-unreadable');
    await logIn();
    await logIn();

    const logged = (): string[] =>
      api.program.stdout.split('\n').filter((line) => line.includes('"level":"error"'));
    await eventually('the log line', () => logged()[0]);
    const errors = logged();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(userId);
    expect(api.program.stdout).not.toContain('secret-but-unreadable');
  });
});
