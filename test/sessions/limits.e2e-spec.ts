import { TestApp } from '../support/test-app.js';
import { Device, sessionOf } from './session-client.js';

const MAX_SESSIONS = 100;
const MAX_ROTATIONS = 3_000;

describe('the sessions of a user', () => {
  let app: TestApp;
  let phone: Device;

  beforeAll(async () => {
    app = await TestApp.start();
    phone = new Device(app.url);
  });
  afterAll(() => app.close());

  it('are at most 100: a newer one ends the oldest', async () => {
    const [oldest, second] = [await phone.openSession(), await phone.openSession()];
    await app.database.query(
      `INSERT INTO sessions (id, user_id, expires_at)
       SELECT gen_random_uuid(), user_id, expires_at FROM sessions, generate_series(1, $1) WHERE id = $2`,
      [MAX_SESSIONS - 2, sessionOf(oldest)],
    );

    await phone.openSession();

    expect(await app.database.query('SELECT FROM sessions')).toHaveLength(MAX_SESSIONS);
    await phone.refresh(oldest.refresh_token).expect(400);
    await phone.rotate(second);
  });

  it('cannot be continued after 3,000 refreshes', async () => {
    const tokens = await phone.openSession();
    const sql = 'UPDATE sessions SET rotations = $1 WHERE id = $2';
    await app.database.query(sql, [MAX_ROTATIONS - 1, sessionOf(tokens)]);

    const last = await phone.rotate(tokens);

    await phone.refresh(last.refresh_token).expect(400);
  });

  it('can be ended when all of them have as many tokens as they may', async () => {
    const manager = await app.manager();
    const [user] = await app.database.query<{ id: string }>(
      `SELECT id FROM users WHERE email = 'customer@example.com'`,
    );
    await app.database.query('DELETE FROM sessions');
    await app.database.query(
      `WITH s AS (
         INSERT INTO sessions (id, user_id, expires_at)
         SELECT gen_random_uuid(), $1, now() + interval '1 day' FROM generate_series(1, $2) RETURNING id)
       INSERT INTO refresh_tokens (hash, session_id, rotated_at)
       SELECT sha256(convert_to(id::text || n, 'UTF8')), id, now() FROM s, generate_series(1, $3) n`,
      [user?.id, MAX_SESSIONS, MAX_ROTATIONS],
    );

    await manager.patch(`/api/v1/admin/users/${user?.id}`, { disabled: true }).expect(200);

    expect(await app.database.query('SELECT FROM refresh_tokens LIMIT 1')).toEqual([]);
  });
});
