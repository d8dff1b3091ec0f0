import { randomUUID } from 'node:crypto';
import { Config } from '#config';
import { ApiProcess } from '../support/api-process.js';
import { DatabaseProxy } from '../support/database-proxy.js';
import { EventStreamClient } from '../support/event-stream-client.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';
import { sign } from '../support/token.js';

/** A check each 5 s of an identity that is cached for 5 s. */
const SOON_MS = 12_000;

describe('A stream ends', () => {
  let app: TestApp;
  let manager: Person;
  let barista: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    [manager, barista] = await Promise.all([app.manager(), app.barista()]);
  });
  afterAll(() => app.close());

  /** Returns a token of the user that ends soon. */
  function tokenOf(user: Person, lifeMs: number, sessionId?: string): string {
    const now = Date.now() / 1000;
    const claims = { sub: user.id, role: 'barista', iat: Math.floor(now), exp: now + lifeMs / 1000 };
    const { secret } = Config.from(app.environment).jwt;
    return sign(sessionId === undefined ? claims : { ...claims, sid: sessionId }, secret);
  }

  it('with its token', async () => {
    const token = tokenOf(barista, 1_500);
    const stream = await EventStreamClient.ofBoard({ url: app.url, token });
    const openedAt = performance.now();

    await stream.ended(3_000);

    expect(performance.now() - openedAt).toBeGreaterThan(900);
    expect(stream.names).toEqual(['snapshot']);
  });

  it('with the token that its ticket stands for', async () => {
    const short = barista.withToken(tokenOf(barista, 1_500));
    const { ticket } = (await short.post('/api/v1/auth/stream-ticket').expect(201)).body as {
      ticket: string;
    };
    const stream = await EventStreamClient.open(
      { url: app.url, token: undefined },
      `/api/v1/admin/board/stream?ticket=${ticket}`,
    );
    expect(stream.status).toBe(200);

    await stream.ended(3_000);
  });

  it.each([
    ['gets another role', (id: string) => manager.patch(`/api/v1/admin/users/${id}`, { role: 'customer' })],
    ['is disabled', (id: string) => manager.patch(`/api/v1/admin/users/${id}`, { disabled: true })],
  ])(
    'soon after its user %s',
    async (_, change) => {
      const dismissed = await app.barista();
      const [stream, other] = await Promise.all([
        EventStreamClient.ofBoard(dismissed),
        EventStreamClient.ofBoard(barista),
      ]);

      await change(dismissed.id).expect(200);

      await stream.ended(SOON_MS);
      expect(other.isEnded).toBe(false);
      other.close();
    },
    SOON_MS + 5_000,
  );

  it(
    'soon after its session',
    async () => {
      const sessionId = randomUUID();
      await app.database.query(
        `INSERT INTO sessions (id, user_id, expires_at) VALUES ($1, $2, now() + interval '1 hour')`,
        [sessionId, barista.id],
      );
      const token = tokenOf(barista, 60_000, sessionId);
      const stream = await EventStreamClient.ofBoard({ url: app.url, token });

      await app.database.query('DELETE FROM sessions WHERE id = $1', [sessionId]);

      await stream.ended(SOON_MS);
    },
    SOON_MS + 5_000,
  );

  it('when the database has been away for five seconds', async () => {
    const proxy = await DatabaseProxy.start(app.database.url);
    const api = await ApiProcess.start({ ...app.environment, DATABASE_URL: proxy.url });
    const stream = await EventStreamClient.ofBoard(barista.at(api.url));

    await proxy.close();
    await stream.ended(8_000);

    await api.stop();
  }, 30_000);
});
