import { createApiClient, dataOf, sendOnce } from '../api/client.js';
import { LoginExpired, Refused } from '../api/errors.js';
import type { components } from '../api/schema.js';
import { tokensOf, tokenStorage, type Tokens } from './tokens.js';

type LoginForm = Partial<components['schemas']['TokenFormDto']>;

/** The client then sends its body as a form. */
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
/** The statuses with which a refresh token is refused for good. */
const ENDED = [400, 401];

/** Who is logged in at this tab. Renews the access token by itself. */
export class Session {
  /** Called when the password is needed again. */
  onExpired: () => void = () => undefined;
  private readonly client;
  private tokens = tokenStorage.read();
  /** One at a time, because a refresh token works once. */
  private renewal: Promise<Tokens> | undefined;

  constructor(api: string) {
    this.client = createApiClient(api);
  }

  get email(): string | undefined {
    return this.tokens?.email;
  }

  /** When the present access token is replaced, in ms since the epoch. */
  get renewAt(): number {
    return this.tokens?.renewAt ?? 0;
  }

  /** @throws Refused for a wrong password, and for a user who is not staff */
  async logIn(email: string, password: string): Promise<void> {
    const tokens = await this.request(email, { username: email, password, scope: 'offline_access' });
    const { role } = dataOf(await this.client.GET('/auth/me', { headers: authorization(tokens) }));
    if (role === 'customer') {
      await this.revoke(tokens);
      throw new Refused(403, 'This account belongs to a customer. The board is for baristas and managers.');
    }
    this.keep(tokens);
  }

  /** Forgets the login, and ends its session if the API can be reached. */
  async logOut(): Promise<void> {
    const { tokens } = this;
    this.tokens = undefined;
    tokenStorage.clear();
    if (tokens) await this.revoke(tokens);
  }

  /**
   * Sends a request with the access token. Renews the token if it is about to end or was refused.
   * @throws LoginExpired | Unreachable
   */
  async send(request: Request): Promise<Response> {
    try {
      return await this.sendOrRenew(request);
    } catch (error) {
      if (error instanceof LoginExpired) this.onExpired();
      throw error;
    }
  }

  private async sendOrRenew(request: Request): Promise<Response> {
    const repeated = request.clone();
    const response = await sendWith(await this.current(), request);
    if (response.status !== 401) return response;
    const second = await sendWith(await this.renew(), repeated);
    if (second.status === 401) throw new LoginExpired();
    return second;
  }

  private async current(): Promise<Tokens> {
    if (!this.tokens) throw new LoginExpired();
    return Date.now() < this.tokens.renewAt ? this.tokens : this.renew();
  }

  private renew(): Promise<Tokens> {
    this.renewal ??= this.requestRenewal().finally(() => (this.renewal = undefined));
    return this.renewal;
  }

  private async requestRenewal(): Promise<Tokens> {
    const { tokens } = this;
    if (!tokens) throw new LoginExpired();
    try {
      const form: LoginForm = { grant_type: 'refresh_token', refresh_token: tokens.refreshToken };
      const renewed = await this.request(tokens.email, form);
      if (this.tokens !== tokens) throw new LoginExpired(); // Somebody logged out meanwhile.
      this.keep(renewed);
      return renewed;
    } catch (error) {
      throw error instanceof Refused && ENDED.includes(error.status) ? new LoginExpired() : error;
    }
  }

  private async request(email: string, form: LoginForm): Promise<Tokens> {
    const body = { grant_type: 'password' as const, ...form };
    const answer = await this.client.POST('/auth/token', { body, headers: FORM });
    return tokensOf(email, dataOf(answer), Date.now());
  }

  private async revoke({ refreshToken }: Tokens): Promise<void> {
    const body = { token: refreshToken };
    await this.client.POST('/auth/revoke', { body, headers: FORM }).catch(() => undefined);
  }

  private keep(tokens: Tokens): void {
    this.tokens = tokens;
    tokenStorage.write(tokens);
  }
}

function authorization({ accessToken }: Tokens): Record<string, string> {
  return { Authorization: `Bearer ${accessToken}` };
}

function sendWith(tokens: Tokens, request: Request): Promise<Response> {
  return sendOnce(
    new Request(request, { headers: { ...Object.fromEntries(request.headers), ...authorization(tokens) } }),
  );
}
