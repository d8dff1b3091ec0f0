import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Failpoint } from '#config';
import { newId, type Tx } from '#database';
import { hashOf } from './secret-token.js';
import { Session } from './session.entity.js';
import * as SQL from './sessions.sql.js';

/** A session that is alive. */
export interface OpenSession {
  id: string;
  userId: string;
  expiresInSeconds: number;
}

export type EndedSession = Pick<OpenSession, 'id' | 'userId'>;

/** The tables of sessions and refresh tokens. A deleted session takes its refresh tokens with it. */
@Injectable()
export class SessionsRepository {
  constructor(@InjectRepository(Session) private readonly sessions: Repository<Session>) {}

  async open(userId: string, token: string, tx: Tx): Promise<OpenSession> {
    const [opened] = await tx.query<OpenSession[]>(SQL.OPEN, [newId(), userId, hashOf(token)]);
    if (!opened) throw new Error('The session was not opened');
    return opened;
  }

  /** Uses a token and stores its successor. Returns undefined if the token was used before, or its session is not alive. */
  @Failpoint('session.rotate')
  async rotate(token: string, successor: string): Promise<OpenSession | undefined> {
    const values = [hashOf(token), hashOf(successor)];
    const [[rotated]] = await this.sessions.query<[OpenSession[], number]>(SQL.ROTATE, values);
    return rotated;
  }

  /** Finds the session of a token that was used a moment ago, with that of the candidates which is its successor. */
  async findRepeat(
    token: string,
    candidates: readonly string[],
  ): Promise<(OpenSession & { successor: string }) | undefined> {
    const values = [hashOf(token), candidates.map(hashOf)];
    const [found] = await this.sessions.query<(OpenSession & { successorHash: Buffer })[]>(
      SQL.FIND_REPEAT,
      values,
    );
    if (!found) return undefined;
    const { successorHash, ...session } = found;
    const successor = candidates.find((candidate) => hashOf(candidate).equals(successorHash));
    return successor === undefined ? undefined : { ...session, successor };
  }

  /** Ends the session of a token that was used longer ago than `findRepeat` accepts. */
  endReused(token: string): Promise<EndedSession | undefined> {
    return this.endBy(SQL.END_REUSED, token);
  }

  /** Ends the session of a token, used or not. */
  end(token: string): Promise<EndedSession | undefined> {
    return this.endBy(SQL.END, token);
  }

  /** Ends the user's sessions, except one. */
  async endAll(userId: string, except: string | undefined, tx: Tx): Promise<void> {
    await tx.query(SQL.END_ALL, [userId, except ?? null]);
  }

  /** Deletes up to `limit` expired sessions. Returns how many. */
  async deleteExpired(limit: number): Promise<number> {
    const [deleted] = await this.sessions.query<[unknown[], number]>(SQL.DELETE_EXPIRED, [limit]);
    return deleted.length;
  }

  private async endBy(statement: string, token: string): Promise<EndedSession | undefined> {
    const [[ended]] = await this.sessions.query<[EndedSession[], number]>(statement, [hashOf(token)]);
    return ended;
  }
}
