import pg from 'pg';
import { SessionCleanup } from '#sessions';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';
import { untilStatementsWait } from '../support/database-connections.js';
import { countUnused, Device, sessionOf, type Tokens } from './session-client.js';

const USES = 20;

describe('concurrent uses of a session', () => {
  let app: TestApp;
  let phone: Device;

  beforeAll(async () => {
    app = await TestApp.start();
    phone = new Device(app.url);
  });
  afterAll(() => app.close());

  function useAtOnce(tokens: Tokens): Promise<number[]> {
    return Promise.all(
      Array.from({ length: USES }, async () => (await phone.refresh(tokens.refresh_token)).status),
    );
  }

  /** Locks the session like its end does, and works with the lock when several of the uses wait for it. */
  async function whileLocked<Result>(
    tokens: Tokens,
    use: () => Promise<Result>,
    work: (lock: pg.Client) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<Result> {
    const lock = new pg.Client({ connectionString: app.database.url });
    await lock.connect();
    await lock.query('BEGIN');
    await lock.query('SELECT FROM sessions WHERE id = $1 FOR UPDATE', [sessionOf(tokens)]);
    const used = use();
    await untilStatementsWait(app.database, 5);
    await work(lock);
    await lock.query('COMMIT');
    await lock.end();
    return used;
  }

  it('lead to one successor', async () => {
    const tokens = await phone.openSession();

    const used = await whileLocked(tokens, () =>
      Promise.all(Array.from({ length: USES }, () => phone.rotate(tokens))),
    );

    expect(new Set(used.map((next) => next.refresh_token)).size).toBe(1);
    expect(await countUnused(app.database, tokens)).toBe(1);
  });

  it('end with the session, without a deadlock', async () => {
    for (let round = 0; round < 10; round += 1) {
      const tokens = await phone.openSession();

      const [revoked, used] = await Promise.all([phone.revoke(tokens.refresh_token), useAtOnce(tokens)]);

      expect(revoked.status).toBe(200);
      for (const status of used) expect([200, 400]).toContain(status);
      await phone.refresh(tokens.refresh_token).expect(400);
      expect(await countUnused(app.database, tokens)).toBe(0);
    }
  });

  it('wait for the end of the session without a lock that it needs', async () => {
    const tokens = await phone.openSession();

    const used = await whileLocked(
      tokens,
      () => useAtOnce(tokens),
      (lock) => lock.query('DELETE FROM sessions WHERE id = $1', [sessionOf(tokens)]),
    );

    expect(used).toEqual(Array(USES).fill(400));
  });

  it('are all refused if the session has expired and is deleted', async () => {
    const tokens = await phone.openSession();
    await app.database.query('UPDATE sessions SET expires_at = now()');

    const [used] = await Promise.all([
      useAtOnce(tokens),
      app.api.get(SessionCleanup, { strict: false }).deleteExpired(),
    ]);

    expect(used).toEqual(Array(USES).fill(400));
  });
});

describe('the cleanup of sessions', () => {
  it('deletes all expired ones, and no other', async () => {
    const app = await TestApp.start();
    const phone = new Device(app.url);
    const tokens = await phone.openSession();
    await app.database.query(
      `INSERT INTO sessions (id, user_id, expires_at)
       SELECT gen_random_uuid(), user_id, now() - n * interval '1 second' FROM sessions, generate_series(0, 250) n`,
    );

    await app.startWorker();

    await phone.rotate(tokens);
    await eventually('the deletion', async () => {
      const sessions = await app.database.query('SELECT FROM sessions');
      return sessions.length === 1;
    });
    await app.close();
  });
});
