import request from 'supertest';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';
import { Device, type Tokens } from './session-client.js';

/** The contract's limit for what is cached of users and sessions. */
const STOPS_WITHIN_MS = 30_000;

describe('POST /auth/revoke', () => {
  let app: TestApp;
  let phone: Device;

  beforeAll(async () => {
    app = await TestApp.start();
    phone = new Device(app.url);
  });
  afterAll(() => app.close());

  async function untilRefused(tokens: Tokens): Promise<void> {
    const isRefused = async (): Promise<boolean> => (await phone.use(tokens)).status === 401;
    await eventually('the rejection of the access token', isRefused, STOPS_WITHIN_MS);
  }

  it('ends the session of a refresh token, and no other', async () => {
    const [tokens, other] = [await phone.openSession(), await phone.openSession()];
    await phone.use(tokens).expect(404);

    const { text, headers } = await phone.revoke(tokens.refresh_token).expect(200);

    expect(text).toBe('');
    expect(headers['cache-control']).toBe('no-store');
    await phone.refresh(tokens.refresh_token).expect(400);
    await untilRefused(tokens);
    await phone.use(other).expect(404);
    await phone.rotate(other);
  }, 40_000);

  it('ends the session also by a token that was used before', async () => {
    const tokens = await phone.openSession();
    const { refresh_token } = await phone.rotate(tokens);

    await phone.revoke(tokens.refresh_token).expect(200);

    await phone.refresh(refresh_token).expect(400);
  });

  it('deletes what was stored of the session', async () => {
    await app.database.query('DELETE FROM sessions');
    const tokens = await phone.openSession();
    await phone.revoke((await phone.rotate(tokens)).refresh_token).expect(200);

    expect(await app.database.query('SELECT FROM refresh_tokens')).toEqual([]);
    expect(await app.database.query('SELECT FROM sessions')).toEqual([]);
  });

  it('returns 200 for a token that is unknown or was revoked before', async () => {
    const { refresh_token } = await phone.openSession();

    for (const token of [refresh_token, refresh_token, 'unknown']) await phone.revoke(token).expect(200);
  });

  it('returns 200 for an access token, which stays valid', async () => {
    const tokens = await phone.openSession();

    await phone.revoke(tokens.access_token).expect(200);

    await phone.use(tokens).expect(404);
    await phone.rotate(tokens);
  });

  it('accepts a multipart form, and ignores a hint of any kind', async () => {
    const { refresh_token } = await phone.openSession();

    await request(app.url)
      .post('/api/v1/auth/revoke')
      .field({ token: refresh_token, token_type_hint: 'pizza', client_id: 'a phone' })
      .expect(200);

    await phone.refresh(refresh_token).expect(400);
  });

  it.each([{}, { token: '' }])('returns 400 invalid_request for %j', async (form) => {
    const { body } = await request(app.url)
      .post('/api/v1/auth/revoke')
      .type('form')
      .send({ token_type_hint: 'refresh_token', ...form })
      .expect(400);

    expect(body).toMatchObject({ code: 'invalid_request', error: 'invalid_request' });
  });
});
