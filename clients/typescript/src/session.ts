import { createClient, type CoffeeShop } from './client.js';
import { isTransient, unwrap } from './errors.js';
import { sendWithRetries } from './repeat.js';
import type { components } from './schema.js';

type IssueToken = components['schemas']['IssueToken'];
type Token = components['schemas']['Token'];

export interface Login {
  /** As for `createClient`. */
  baseUrl: string;
  email: string;
  password: string;
}

/** The options of a request whose body is a form. */
const FORM = {
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  bodySerializer: (body: Record<string, string>) => new URLSearchParams(body),
};
const RENEW_BEFORE_END_MS = 20_000;
/** The API takes the repeat of a refresh token for a theft after ten seconds. */
const MAX_RENEWAL_MS = 8_000;

/** Logs in. Throws ProblemError if the password is wrong. */
export async function logIn({ baseUrl, email, password }: Login): Promise<Session> {
  const client = createClient({ baseUrl });
  const form = { grant_type: 'password', username: email, password, scope: 'offline_access' } as const;
  return new Session(client, await requestToken(client, form));
}

/** Keeps a user logged in. Its tokens are in memory only. */
export class Session {
  /** When the access token ends, in ms since the epoch. */
  private endsAt: number;
  /** One at a time, because a refresh token works once. */
  private renewal: Promise<Token> | undefined;

  constructor(
    private readonly client: CoffeeShop,
    private current: Token,
  ) {
    this.endsAt = endOf(current);
  }

  /**
   * Returns an access token that is valid.
   * @throws ProblemError if the session has ended, and NoAnswerError if the token has ended and the API is away
   */
  readonly token = async (): Promise<string> => {
    if (Date.now() >= this.endsAt - RENEW_BEFORE_END_MS) {
      this.renewal ??= this.renew().finally(() => (this.renewal = undefined));
      await this.renewal.catch((error: unknown) => {
        if (Date.now() >= this.endsAt || !isTransient(error)) throw error;
      });
    }
    return this.current.access_token;
  };

  /** Ends the session. */
  async logOut(): Promise<void> {
    const body = { token: this.current.refresh_token ?? '' };
    await unwrap(this.client.POST('/auth/revoke', { ...FORM, body }));
    // So that `token` asks the API, which refuses to renew.
    this.endsAt = 0;
  }

  private async renew(): Promise<Token> {
    const { refresh_token = '' } = this.current;
    this.current = await requestToken(this.client, { grant_type: 'refresh_token', refresh_token });
    this.endsAt = endOf(this.current);
    return this.current;
  }
}

function requestToken(client: CoffeeShop, body: IssueToken): Promise<Token> {
  const send = (signal: AbortSignal) => client.POST('/auth/token', { ...FORM, body, signal });
  return unwrap(sendWithRetries(send, { maxWaitMs: MAX_RENEWAL_MS }));
}

function endOf(token: Token): number {
  return Date.now() + token.expires_in * 1000;
}
