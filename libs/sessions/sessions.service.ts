import { Injectable, Logger } from '@nestjs/common';
import { Config } from '#config';
import type { Tx } from '#database';
import { requestFields } from '#logging';
import type { RequestContext } from '#tracing';
import { SuccessorKeys } from './refresh-token.js';
import { newSecretToken } from './secret-token.js';
import { InvalidGrant } from './sessions.errors.js';
import { SessionsRepository, type OpenSession } from './sessions.repository.js';

/** A session, with the refresh token that continues it. */
export interface RefreshableSession extends OpenSession {
  refreshToken: string;
}

/** Sessions of users. A session lives for 30 days, or 7 without use. */
@Injectable()
export class SessionsService {
  private readonly log = new Logger(SessionsService.name);
  private readonly successors: SuccessorKeys;

  constructor(
    private readonly sessions: SessionsRepository,
    { jwt }: Config,
  ) {
    this.successors = new SuccessorKeys(jwt.secret, jwt.oldSecrets);
  }

  /** Opens a session of a user. `tx` holds a lock of the user's row, so that `endAll` waits for the session or the session for it. */
  async open(userId: string, tx: Tx): Promise<RefreshableSession> {
    const refreshToken = newSecretToken();
    return { ...(await this.sessions.open(userId, refreshToken, tx)), refreshToken };
  }

  /**
   * Replaces a refresh token. A repeat within ten seconds gets the same one, because the first response may have been lost. A later
   * repeat ends the session, because somebody else has the token.
   * @throws InvalidGrant
   */
  async rotate(refreshToken: string, context: RequestContext): Promise<RefreshableSession> {
    const successor = this.successors.successorOf(refreshToken);
    const rotated = await this.sessions.rotate(refreshToken, successor);
    if (rotated) return { ...rotated, refreshToken: successor };
    const repeated = await this.sessions.findRepeat(refreshToken, this.successors.candidatesOf(refreshToken));
    if (repeated) return { ...repeated, refreshToken: repeated.successor };
    const ended = await this.sessions.endReused(refreshToken);
    if (ended)
      this.log.warn('A session ended because its refresh token was used again', {
        session: ended.id,
        user: ended.userId,
        ...requestFields(context),
      });
    throw new InvalidGrant();
  }

  /** Ends the session of a refresh token, used or not. Does nothing for another text. */
  async end(refreshToken: string, context: RequestContext): Promise<void> {
    const ended = await this.sessions.end(refreshToken);
    if (ended)
      this.log.log('A user ended a session', {
        session: ended.id,
        user: ended.userId,
        ...requestFields(context),
      });
  }

  /**
   * Ends the sessions of a user, all or all but one. Call it after the transaction has changed the user's row: a login
   * that opens a session waits for that change, and then finds the user changed.
   */
  endAll(userId: string, { except }: { except?: string }, tx: Tx): Promise<void> {
    return this.sessions.endAll(userId, except, tx);
  }
}
