import { LoginExpired, Unreachable } from '../api/errors.js';
import { API, FakeApi, problemOf, tokenOf } from '../spec-support/fake-api.js';
import { fakeBrowser, pass, settle } from '../spec-support/fake-browser.js';
import { Session } from './session.js';

const TOKEN = 'POST /auth/token';
const PATCH = 'PATCH /orders/a/status';
const BODY = '{"status":"ready"}';
const LIFE_MS = 3_600_000;

function patch(): Request {
  return new Request(`${API}/orders/a/status`, { method: 'PATCH', body: BODY });
}

describe('A session', () => {
  let api: FakeApi;
  let stored: Map<string, string>;
  let session: Session;
  let expirations: number;

  beforeEach(async () => {
    ({ stored } = fakeBrowser());
    api = new FakeApi();
    api.on(TOKEN, () => tokenOf('1'));
    api.on('GET /auth/me', () => Response.json({ role: 'barista' }));
    api.on('POST /auth/revoke', () => new Response());
    session = new Session(API);
    await session.logIn('barista@example.com', 'secret');
    expirations = 0;
    session.onExpired = () => (expirations += 1);
    api.on(TOKEN, () => tokenOf('2'));
    api.requests.splice(0);
  });

  /** Accepts a change only with this access token. Returns the bodies that were accepted. */
  function acceptOnly(name: string): string[] {
    const accepted: string[] = [];
    api.on(PATCH, async (request) => {
      if (request.headers.get('Authorization') !== `Bearer access ${name}`) return problemOf(401, 'Who?');
      accepted.push(await request.text());
      return Response.json({});
    });
    return accepted;
  }

  it('renews a token that is refused, and sends the change once more with the new one', async () => {
    const accepted = acceptOnly('2');

    expect((await session.send(patch())).status).toBe(200);
    expect(accepted).toEqual([BODY]);
    expect(api.requests).toEqual([PATCH, TOKEN, PATCH]);
  });

  it('knows the role, also after a renewal and a reload', async () => {
    acceptOnly('2');
    await session.send(patch());

    expect([session.role, new Session(API).role]).toEqual(['barista', 'barista']);
  });

  it('renews a token before it ends, once for all requests', async () => {
    const accepted = acceptOnly('2');
    await pass(LIFE_MS - 60_000);

    await Promise.all([session.send(patch()), session.send(patch())]);

    expect(accepted).toHaveLength(2);
    expect(api.count(TOKEN)).toBe(1);
  });

  it('has expired if the renewal is refused', async () => {
    api.on(PATCH, () => problemOf(401, 'Who?'));
    api.on(TOKEN, () => problemOf(400, 'invalid_grant'));

    await expect(session.send(patch())).rejects.toBeInstanceOf(LoginExpired);
    expect(expirations).toBe(1);
  });

  it('has not expired if the renewal does not reach the API', async () => {
    api.on(PATCH, () => problemOf(401, 'Who?'));
    api.on(TOKEN, () => Promise.reject(new TypeError('fetch failed')));

    await expect(session.send(patch())).rejects.toBeInstanceOf(Unreachable);
    expect(expirations).toBe(0);
  });

  it('keeps nothing of a renewal during which somebody logs out', async () => {
    let answer: (response: Response) => void = () => undefined;
    api.on(TOKEN, () => new Promise((resolve) => (answer = resolve)));
    api.on(PATCH, () => problemOf(401, 'Who?'));
    const sent = session.send(patch()).catch((error: unknown) => error);
    await settle();

    await session.logOut();
    answer(tokenOf('2'));

    expect(await sent).toBeInstanceOf(LoginExpired);
    expect([...stored.keys()]).toEqual([]);
    expect(session.email).toBeUndefined();
    expect(api.count(PATCH)).toBe(1);
  });
});
