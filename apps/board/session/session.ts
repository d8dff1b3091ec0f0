import { createApiClient, dataOf, sendOnce } from '../api/client.js';
import { LoginExpired, Refused } from '../api/errors.js';
import type { components } from '../../../clients/typescript/src/schema.js';
import type { Role } from '../api/types.js';
import { loginStorage, tokensOf, type Login, type Tokens } from './tokens.js';

type LoginForm = Partial<components['schemas']['IssueToken']>;

/** The client then sends its body as a form. */
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
/** The statuses with which a refresh token is refused for good. */
const ENDED = [400, 401];

/** Who is logged in at this tab. Renews the access token by itself. */
export class Session {
  /** Called when the password is needed again. */
  onExpired: () => void = () => undefined;
  private readonly client;
  private login = loginStorage.read();
  /** One at a time, because a refresh token works once. */
  private renewal: Promise<Login> | undefined;

  constructor(api: string) {
    this.client = createApiClient(api);
  }

  get email(): string | undefined {
    return this.login?.email;
  }

  get role(): Role | undefined {
    return this.login?.role;
  }

  /** When the present access token is replaced, in ms since the epoch. */
  get renewAt(): number {
    return this.login?.renewAt ?? 0;
  }

  /** @throws Refused for a wrong password, and for a user who is not staff */
  async logIn(email: string, password: string): Promise<void> {
    const tokens = await this.request({ username: email, password, scope: 'offline_access' });
    const { role } = dataOf(await this.client.GET('/auth/me', { headers: authorization(tokens) }));
    if (role === 'customer') {
      await this.revoke(tokens);
      throw new Refused(403, 'This account belongs to a customer. The board is for baristas and managers.');
    }
    this.keep({ ...tokens, email, role });
  }

  /** Forgets the login, and ends its session if the API can be reached. */
  async logOut(): Promise<void> {
    const { login } = this;
    this.login = undefined;
    loginStorage.clear();
    if (login) await this.revoke(login);
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

  private async current(): Promise<Login> {
    if (!this.login) throw new LoginExpired();
    return Date.now() < this.login.renewAt ? this.login : this.renew();
  }

  private renew(): Promise<Login> {
    this.renewal ??= this.requestRenewal().finally(() => (this.renewal = undefined));
    return this.renewal;
  }

  private async requestRenewal(): Promise<Login> {
    const { login } = this;
    if (!login) throw new LoginExpired();
    try {
      const form: LoginForm = { grant_type: 'refresh_token', refresh_token: login.refreshToken };
      const renewed = { ...login, ...(await this.request(form)) };
      if (this.login !== login) throw new LoginExpired(); // Somebody logged out meanwhile.
      this.keep(renewed);
      return renewed;
    } catch (error) {
      throw error instanceof Refused && ENDED.includes(error.status) ? new LoginExpired() : error;
    }
  }

  private async request(form: LoginForm): Promise<Tokens> {
    const body = { grant_type: 'password' as const, ...form };
    const answer = await this.client.POST('/auth/token', { body, headers: FORM });
    return tokensOf(dataOf(answer), Date.now());
  }

  private async revoke({ refreshToken }: Tokens): Promise<void> {
    const body = { token: refreshToken };
    await this.client.POST('/auth/revoke', { body, headers: FORM }).catch(() => undefined);
  }

  private keep(login: Login): void {
    this.login = login;
    loginStorage.write(login);
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
