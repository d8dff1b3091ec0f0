import { Injectable } from '@nestjs/common';
import { preparedStatement, PreparedStatements, type Tx } from '#database';
import { normalizeEmail, type Role } from '#users';

/** Who may act: a user who is not disabled, in a session that is alive if one is given. */
export interface Identity {
  role: Role;
  /** Access tokens without a session must be younger. In whole seconds since the epoch; null if all are valid. */
  tokensValidAfter: number | null;
}

/** A user who tries to log in. */
export interface Candidate {
  id: string;
  role: Role;
  disabled: boolean;
  hashedPassword: string;
  /** When the user was read, or the first second in which a token is valid again. In whole seconds since the epoch. */
  readAt: number;
}

const FIND_IDENTITY = preparedStatement(
  'auth.find_identity',
  `SELECT u.role, floor(extract(epoch FROM u.tokens_valid_after))::float8 AS "tokensValidAfter"
     FROM users u
    WHERE u.id = $1 AND NOT u.disabled AND ($2::uuid IS NULL OR EXISTS (
      SELECT FROM sessions s WHERE s.id = $2 AND s.user_id = u.id AND s.expires_at > now()))`,
);

/**
 * The lock waits for a change that has not been committed: otherwise a login with the old password could read the user after
 * tokens_valid_after, in a later second.
 */
const FIND_CANDIDATE = preparedStatement(
  'auth.find_candidate',
  `SELECT id, role, disabled, hashed_password AS "hashedPassword",
          floor(extract(epoch FROM greatest(now(), tokens_valid_after + interval '1 second')))::float8 AS "readAt"
     FROM users WHERE email = $1 FOR SHARE`,
);

const LOCK_UNCHANGED = `SELECT id FROM users WHERE id = $1 AND hashed_password = $2 AND NOT disabled FOR SHARE`;

/** What a login and a token need to know about a user, in one statement each. */
@Injectable()
export class IdentitiesRepository {
  constructor(private readonly statements: PreparedStatements) {}

  /** Returns undefined if the user is gone or disabled, or the session has ended or belongs to another user. */
  async find(userId: string, sessionId?: string): Promise<Identity | undefined> {
    const [identity] = await this.statements.query<Identity>(FIND_IDENTITY, [userId, sessionId ?? null]);
    return identity;
  }

  async findCandidate(email: string): Promise<Candidate | undefined> {
    const [candidate] = await this.statements.query<Candidate>(FIND_CANDIDATE, [normalizeEmail(email)]);
    return candidate;
  }

  /** Locks a user for the rest of the transaction. Returns false if the user's password was changed, or the user disabled. */
  async lockUnchanged({ id, hashedPassword }: Candidate, tx: Tx): Promise<boolean> {
    const rows = await tx.query<unknown[]>(LOCK_UNCHANGED, [id, hashedPassword]);
    return rows.length === 1;
  }
}
