import { Injectable, Logger } from '@nestjs/common';
import { Transactions } from '#database';
import { requestFields } from '#logging';
import { InvalidGrant, SessionsService, type RefreshableSession } from '#sessions';
import type { RequestContext } from '#tracing';
import { AccessTokens, type AccessClaims, type AccessToken } from './access-tokens.js';
import { IncorrectCredentials } from './auth.errors.js';
import { CredentialsService, type Credentials } from './credentials.service.js';
import { IdentitiesRepository, type Candidate } from './identities.repository.js';

/** An attempt to log in. */
export interface LoginAttempt extends Credentials {
  /** Opens a session, which a refresh token continues. */
  staysLoggedIn?: boolean;
}

/** The refresh token's parts are undefined if no session was opened. */
export interface IssuedTokens extends AccessToken {
  refreshToken?: string;
  refreshExpiresInSeconds?: number;
}

/** Logs users in with a password, and keeps them logged in with refresh tokens. */
@Injectable()
export class AuthService {
  private readonly log = new Logger(AuthService.name);

  constructor(
    private readonly credentials: CredentialsService,
    private readonly identities: IdentitiesRepository,
    private readonly sessions: SessionsService,
    private readonly tokens: AccessTokens,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Checks an e-mail and password, and issues tokens.
   * @throws IncorrectCredentials, TooManyFailedLogins, TooManyConcurrentLogins as CredentialsService does
   */
  async logIn({ staysLoggedIn, ...credentials }: LoginAttempt): Promise<IssuedTokens> {
    const user = await this.credentials.verify(credentials);
    const session = staysLoggedIn ? await this.openSession(user) : undefined;
    const { address, context } = credentials;
    const sessionField = session && { session: session.id };
    this.log.log('A user logged in', { user: user.id, address, ...sessionField, ...requestFields(context) });
    const { id: userId, role, readAt: issuedAt } = user;
    return this.issue({ userId, role, issuedAt, sessionId: session?.id }, session);
  }

  /**
   * Issues new tokens for a refresh token.
   * @throws InvalidGrant
   */
  async refresh(refreshToken: string, context: RequestContext): Promise<IssuedTokens> {
    const session = await this.sessions.rotate(refreshToken, context);
    const { userId, id: sessionId } = session;
    const identity = await this.identities.find(userId, sessionId);
    if (!identity) throw new InvalidGrant();
    const issuedAt = Math.floor(Date.now() / 1000);
    return this.issue({ userId, role: identity.role, issuedAt, sessionId }, session);
  }

  /** @throws IncorrectCredentials if the user was disabled or the password changed since it was verified */
  private openSession(user: Candidate): Promise<RefreshableSession> {
    return this.transactions.run(async (tx) => {
      if (!(await this.identities.lockUnchanged(user, tx))) throw new IncorrectCredentials();
      return this.sessions.open(user.id, tx);
    });
  }

  private async issue(claims: AccessClaims, session?: RefreshableSession): Promise<IssuedTokens> {
    return {
      ...(await this.tokens.issue(claims)),
      refreshToken: session?.refreshToken,
      refreshExpiresInSeconds: session?.expiresInSeconds,
    };
  }
}
