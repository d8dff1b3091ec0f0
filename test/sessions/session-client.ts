import { createHash, randomUUID } from 'node:crypto';
import request, { type Response, type Test } from 'supertest';
import type { TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { claimsOf } from '../support/token.js';

/** The response of a login or a refresh. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
  refresh_expires_in: number;
}

/** A device of a user of the development seed. */
export class Device {
  constructor(
    private readonly baseUrl: string,
    private readonly role = 'customer',
  ) {}

  /** Logs in and stays logged in, unless the form says otherwise. */
  logIn(form: object = {}): Test {
    const credentials = { username: `${this.role}@example.com`, password: `${this.role}123` };
    return this.send('token', { ...credentials, scope: 'offline_access', ...form });
  }

  /** Fails unless the status is 200. */
  async openSession(): Promise<Tokens> {
    return tokensOf(await this.logIn());
  }

  refresh(refreshToken: string): Test {
    return this.send('token', { grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  /** Fails unless the status is 200. */
  async rotate(tokens: Pick<Tokens, 'refresh_token'>): Promise<Tokens> {
    return tokensOf(await this.refresh(tokens.refresh_token));
  }

  revoke(token: string): Test {
    return this.send('revoke', { token });
  }

  /** Requests an order that does not exist. Returns 404 if the access token is accepted. */
  use(tokens: Pick<Tokens, 'access_token'>): Test {
    return request(this.baseUrl)
      .get(`/api/v1/orders/${randomUUID()}`)
      .set('Authorization', `Bearer ${tokens.access_token}`);
  }

  private send(path: string, form: object): Test {
    return request(this.baseUrl).post(`/api/v1/auth/${path}`).type('form').send(form);
  }
}

function tokensOf({ status, body }: Response): Tokens {
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as Tokens;
}

export function sessionOf(tokens: Pick<Tokens, 'access_token'>): unknown {
  return claimsOf(tokens.access_token).sid;
}

/** Makes a token one that was used this long ago, for example `9 seconds`. */
export async function setUsed(
  database: TestDatabase,
  tokens: Pick<Tokens, 'refresh_token'>,
  ago: string,
): Promise<void> {
  const hash = createHash('sha256').update(tokens.refresh_token).digest();
  await database.query('UPDATE refresh_tokens SET rotated_at = now() - $2::interval WHERE hash = $1', [
    hash,
    ago,
  ]);
}

/** Returns how many tokens of a session were not used. */
export async function countUnused(database: TestDatabase, tokens: Tokens): Promise<number | undefined> {
  const [row] = await database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM refresh_tokens WHERE session_id = $1 AND rotated_at IS NULL',
    [sessionOf(tokens)],
  );
  return row?.count;
}

/** Logs in with and without a session, and uses both tokens. Returns a function that expects the end of both. */
export async function useTokens(device: Device, login: object): Promise<() => Promise<void>> {
  const [session, token] = [await device.logIn(login), await device.logIn({ ...login, scope: '' })];
  const tokens = [tokensOf(session), tokensOf(token)] as const;
  for (const used of tokens) await device.use(used).expect(404);
  return async () => {
    await device.refresh(tokens[0].refresh_token).expect(400);
    for (const ended of tokens)
      await eventually('the end of a token', async () => (await device.use(ended)).status === 401);
  };
}
