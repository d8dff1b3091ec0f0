import { ApiProcess } from '../support/api-process.js';
import { TestApp } from '../support/test-app.js';
import { sign } from '../support/token.js';
import { countUnused, Device, setUsed, type Tokens } from './session-client.js';

const OLD = 'an-old-secret-of-more-than-32-characters';
const NEW = 'the-new-secret-of-more-than-32-characters';

/** The API with the old secret, and one that was started later with a new secret before it. A third one was started between them. */
describe('after JWT_SECRET_KEY got a new secret before the old one', () => {
  let app: TestApp;
  let api: ApiProcess;
  let accepting: ApiProcess;
  let before: Device;
  let between: Device;
  let after: Device;

  beforeAll(async () => {
    app = await TestApp.start({ JWT_SECRET_KEY: OLD });
    [api, accepting] = await Promise.all([start(`${NEW}, ${OLD}`), start(`${OLD}, ${NEW}`)]);
    before = new Device(app.url);
    between = new Device(accepting.url);
    after = new Device(api.url);
  });
  afterAll(async () => {
    await Promise.all([api.stop(), accepting.stop()]);
    await app.close();
  });

  function start(secrets: string): Promise<ApiProcess> {
    return ApiProcess.start({ ...app.environment, JWT_SECRET_KEY: secrets });
  }

  it('access tokens stay valid', async () => {
    const tokens = await before.openSession();
    const { body: withoutSession } = await before.logIn({ scope: '' }).expect(200);

    await after.use(tokens).expect(404);
    await after.use(withoutSession).expect(404);
  });

  it.each([
    ['the old', OLD],
    ['the new', NEW],
  ])('a token that others sign with %s secret, without a key id, is valid', async (_, secret) => {
    const customer = await app.customer();
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: customer.id, role: 'customer', iat: now, exp: now + 60 };

    await after.use({ access_token: sign(claims, secret) }).expect(404);
    await after.use({ access_token: sign(claims, `${secret}!`) }).expect(401);
  });

  it('new access tokens are signed with the new secret', async () => {
    const tokens = await after.openSession();

    await after.use(tokens).expect(404);
    await before.use(tokens).expect(401);
  });

  it('a process with the new secret after the old one accepts the tokens of both, and signs with the old one', async () => {
    for (const device of [before, after]) await between.use(await device.openSession()).expect(404);

    await before.use(await between.openSession()).expect(404);
  });

  it('a session continues', async () => {
    const tokens = await before.openSession();

    const next = await after.rotate(await before.rotate(tokens));

    await after.use(next).expect(404);
    await after.rotate(next);
  });

  it('a repeat gets the successor that the old secret gave', async () => {
    const tokens = await before.openSession();
    const next = await before.rotate(tokens);
    await setUsed(app.database, tokens, '5 seconds');

    expect((await after.rotate(tokens)).refresh_token).toBe(next.refresh_token);
    expect(await countUnused(app.database, tokens)).toBe(1);
  });

  it('a repeat at a process with both secrets gets the successor that the other one gave', async () => {
    for (const [first, second] of [
      [between, after],
      [after, between],
    ] as const) {
      const tokens = await first.openSession();
      const next = await first.rotate(tokens);

      expect((await second.rotate(tokens)).refresh_token).toBe(next.refresh_token);
    }
  });

  it('a repeat at a process with the old secret alone does not end the session', async () => {
    const tokens: Tokens = await after.openSession();
    const next = await after.rotate(tokens);

    await before.refresh(tokens.refresh_token).expect(400);

    await after.rotate(next);
  });
});
