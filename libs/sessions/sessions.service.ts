import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { SessionsRepository } from './sessions.repository.js';

/** Logins that last. */
@Injectable()
export class SessionsService {
  constructor(private readonly sessions: SessionsRepository) {}

  /**
   * Ends the sessions of a user, all or all but one. Returns how many. Call it after the transaction has changed the user's row: a login
   * that opens a session waits for that change, and then finds the user changed.
   */
  endAll(userId: string, { except }: { except?: string }, tx: Tx): Promise<number> {
    return this.sessions.endAll(userId, except, tx);
  }
}
