import { Device, countUnused, type Tokens } from '../sessions/session-client.js';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';
import { ManagedProcess } from './chaos/managed-process.js';

/** Each process is killed after this many rotations, before it responds to the last one. */
const ROTATIONS_OF_A_PROCESS = [2, 3, 4];
const CLIENTS = 8;
const ROTATIONS_OF_A_CLIENT = 5;

describe('kill -9 of APIs between the rotation of a refresh token and the response', () => {
  let app: TestApp;
  let apis: ManagedProcess[];

  beforeAll(async () => {
    app = await TestApp.start();
    apis = await Promise.all(
      ROTATIONS_OF_A_PROCESS.map((rotations) =>
        ManagedProcess.start('api', {
          ...app.environment,
          FAILPOINTS: `session.rotate.after=kill:${rotations}`,
        }),
      ),
    );
  });
  afterAll(async () => {
    await Promise.all(apis.map((api) => api.close()));
    await app.close();
  });

  /** Refreshes at one process after the other until one responds; one is never killed. Fails if the client is logged out. */
  async function rotate(tokens: Tokens, first: number): Promise<Tokens> {
    const urls = [...apis.map(({ url }) => url), app.url];
    let attempt = first;
    return eventually('a response to a refresh', async () => {
      const url = urls[attempt++ % urls.length]!;
      const response = await new Device(url).refresh(tokens.refresh_token).catch(() => undefined);
      if (response === undefined) return undefined;
      expect(response.status).toBe(200);
      return response.body as Tokens;
    });
  }

  it('logs no client out, and leaves each session with one token that was not used', async () => {
    const opened = await Promise.all(
      Array.from({ length: CLIENTS }, () => new Device(app.url).openSession()),
    );

    const rotated = await Promise.all(
      opened.map(async (session, client) => {
        let tokens = session;
        for (let round = 0; round < ROTATIONS_OF_A_CLIENT; round += 1)
          tokens = await rotate(tokens, client + round);
        return tokens;
      }),
    );

    expect(apis.reduce((kills, { exitCount }) => kills + exitCount, 0)).toBeGreaterThan(2);
    for (const tokens of rotated) expect(await countUnused(app.database, tokens)).toBe(1);
    for (const tokens of rotated) await new Device(app.url).use(tokens).expect(404);
  });
});
