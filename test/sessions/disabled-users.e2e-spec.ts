import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';
import { Device } from './session-client.js';

/** The contract's limit for what is cached of users and sessions. */
const STOPS_WITHIN_MS = 30_000;

describe('A user who was disabled', () => {
  let app: TestApp;
  let device: Device;

  beforeAll(async () => {
    app = await TestApp.start();
    device = new Device(app.url);
  });
  beforeEach(() => setDisabled(false));
  afterAll(() => app.close());

  async function setDisabled(disabled: boolean): Promise<void> {
    await app.database.query(`UPDATE users SET disabled = $1 WHERE email = 'customer@example.com'`, [
      disabled,
    ]);
  }

  async function countFailures(): Promise<number> {
    return (await app.database.query('SELECT FROM login_failures')).length;
  }

  it('gets the same 401 for the right password, counted as a failure', async () => {
    await setDisabled(true);
    await app.database.query('DELETE FROM login_failures');

    const { body } = await device.logIn().expect(401);

    expect(body).toMatchObject({ code: 'incorrect_credentials', detail: 'Incorrect email or password' });
    expect(await countFailures()).toBeGreaterThan(0);
  });

  it('gets 400 invalid_grant for the refresh token of a session that was not deleted', async () => {
    const { refresh_token } = await device.openSession();
    await setDisabled(true);

    expect((await device.refresh(refresh_token).expect(400)).body.code).toBe('invalid_grant');
  });

  it.each(['offline_access', ''])(
    'gets 401 for an access token with the scope "%s" within 30 seconds',
    async (scope) => {
      const { body } = await device.logIn({ scope }).expect(200);
      await device.use(body).expect(404);

      await setDisabled(true);

      await eventually(
        'the rejection of the access token',
        async () => (await device.use(body)).status === 401,
        STOPS_WITHIN_MS,
      );
    },
    40_000,
  );
});
