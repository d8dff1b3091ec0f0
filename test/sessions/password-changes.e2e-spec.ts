import pg from 'pg';
import { hash } from 'argon2';
import { untilStatementsWait } from '../support/database-connections.js';
import { TestApp } from '../support/test-app.js';
import { claimsOf } from '../support/token.js';
import { Device } from './session-client.js';

const NEW_PASSWORD = 'another password of the customer';
const CUSTOMER = `email = 'customer@example.com'`;

describe('access tokens without a session', () => {
  let app: TestApp;
  let device: Device;
  let newHash: string;

  beforeAll(async () => {
    app = await TestApp.start();
    device = new Device(app.url);
    newHash = await hash(NEW_PASSWORD);
  });
  afterAll(() => app.close());

  it('that are issued right after tokens_valid_after are younger', async () => {
    for (let login = 0; login < 5; login += 1) {
      const [user] = await app.database.query<{ second: number }>(
        `UPDATE users SET tokens_valid_after = clock_timestamp() WHERE ${CUSTOMER}
         RETURNING floor(extract(epoch FROM tokens_valid_after))::int AS second`,
      );

      const { body } = await device.logIn({ scope: '' }).expect(200);

      expect(claimsOf(body.access_token).iat).toBeGreaterThan(user?.second ?? Infinity);
      await device.use(body).expect(404);
    }
  });

  it('are not issued for the old password while its change is being committed', async () => {
    const change = new pg.Client({ connectionString: app.database.url });
    await change.connect();
    await change.query('BEGIN');
    await change.query(
      `UPDATE users SET hashed_password = $1, tokens_valid_after = clock_timestamp() WHERE ${CUSTOMER}`,
      [newHash],
    );

    const login = device.logIn({ scope: '' }).then(({ status }) => status);
    await untilStatementsWait(app.database);
    await change.query('COMMIT');
    await change.end();

    expect(await login).toBe(401);
    await device.logIn({ password: NEW_PASSWORD }).expect(200);
  });
});
