import { jest } from '@jest/globals';
import { BASE_URL, brokenConnection, fakeFetch, problem } from '../spec-support/fake-fetch.js';
import { ProblemError } from './errors.js';
import { logIn, type Session } from './session.js';

const LIFE_MS = 1_800_000;

function tokens(name: string): Response {
  return Response.json({ access_token: name, refresh_token: `refresh ${name}`, expires_in: LIFE_MS / 1000 });
}

describe('A session', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  async function begin(): Promise<Session> {
    fakeFetch(tokens('first'));
    return logIn({ baseUrl: BASE_URL, email: 'ada@example.com', password: 'secret' });
  }

  it('begins with the e-mail, the password and the scope of refresh tokens', async () => {
    const sent = fakeFetch(tokens('first'));

    await logIn({ baseUrl: BASE_URL, email: 'ada@example.com', password: 'secret' });

    expect(sent[0]?.route).toBe('POST /auth/token');
    expect(sent[0]?.body).toBe(
      'grant_type=password&username=ada%40example.com&password=secret&scope=offline_access',
    );
  });

  it('does not begin with a wrong password', async () => {
    fakeFetch(problem(401, 'invalid_credentials'));

    await expect(logIn({ baseUrl: BASE_URL, email: 'ada@example.com', password: '?' })).rejects.toThrow(
      ProblemError,
    );
  });

  it('returns its access token while that is valid', async () => {
    const session = await begin();
    fakeFetch();
    jest.advanceTimersByTime(LIFE_MS - 30_000);

    expect(await session.token()).toBe('first');
  });

  it('renews its tokens once, however many calls need them', async () => {
    const { token } = await begin();
    const sent = fakeFetch(tokens('second'));
    jest.advanceTimersByTime(LIFE_MS - 1000);

    expect(await Promise.all([token(), token()])).toEqual(['second', 'second']);
    expect(sent.map(({ body }) => body)).toEqual(['grant_type=refresh_token&refresh_token=refresh+first']);
  });

  it('repeats a renewal whose answer was lost, within the ten seconds that the API allows', async () => {
    const session = await begin();
    jest.advanceTimersByTime(LIFE_MS);
    const sent = fakeFetch(brokenConnection(), brokenConnection(), tokens('second'));

    const renewed = session.token();
    await jest.advanceTimersByTimeAsync(10_000);

    expect(await renewed).toBe('second');
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
    expect(Number(sent.at(-1)?.at) - Number(sent[0]?.at)).toBeLessThan(10_000);
  });

  it.each<[string, () => Response | Error]>([
    ['broken connections', brokenConnection],
    ["a proxy's 502", () => new Response('', { status: 502 })],
  ])('returns its token until that ends if the renewal meets %s', async (_, failure) => {
    const session = await begin();
    jest.advanceTimersByTime(LIFE_MS - 15_000);
    fakeFetch(...Array.from({ length: 99 }, () => failure()));

    const early = session.token();
    await jest.advanceTimersByTimeAsync(13_000);
    const late = session.token().catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(10_000);

    expect(await early).toBe('first');
    expect(await late).toBeInstanceOf(Error);
  });

  it('throws when the API has ended it', async () => {
    const session = await begin();
    jest.advanceTimersByTime(LIFE_MS - 19_000);
    fakeFetch(problem(400, 'invalid_grant'));

    await expect(session.token()).rejects.toMatchObject({ code: 'invalid_grant' });
  });

  it('ends with its newest refresh token', async () => {
    const session = await begin();
    const sent = fakeFetch(tokens('second'), new Response());
    jest.advanceTimersByTime(LIFE_MS);
    await session.token();

    await session.logOut();

    expect([sent[1]?.route, sent[1]?.body]).toEqual(['POST /auth/revoke', 'token=refresh+second']);
  });

  it('returns no token after its end', async () => {
    const session = await begin();
    fakeFetch(new Response(), problem(400, 'invalid_grant'));

    await session.logOut();

    await expect(session.token()).rejects.toMatchObject({ code: 'invalid_grant' });
  });
});
