import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import * as SQL from './sessions.sql.js';

/** The tables of sessions and refresh tokens. */
@Injectable()
export class SessionsRepository {
  /** Deletes the user's sessions, except one. Returns how many. */
  async endAll(userId: string, except: string | undefined, tx: Tx): Promise<number> {
    const [ended] = await tx.query<[unknown[], number]>(SQL.END_ALL, [userId, except ?? null]);
    return ended.length;
  }
}
