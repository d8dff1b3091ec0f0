import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { columnList, pageClauses, selectList, type PageRequest, type Reader, type Tx } from '#database';
import { normalizeEmail } from './email.js';
import { User, type Role } from './user.entity.js';

/** A user as others see it. */
export type UserAccount = Omit<User, 'hashedPassword' | 'tokensValidAfter'>;

/** A user to be written. */
export type HashedUser = Pick<User, 'email' | 'hashedPassword' | 'role'>;

const ACCOUNT_COLUMNS = selectList('u', ['id', 'email', 'role', 'disabled', 'createdAt']);

/** The table of users. */
@Injectable()
export class UsersRepository {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  findByEmail(email: string): Promise<User | null> {
    return this.users.findOneBy({ email: normalizeEmail(email) });
  }

  find(id: string): Promise<User | null> {
    return this.users.findOneBy({ id });
  }

  /** Returns a page of users, newest first. */
  list(page: PageRequest, role: Role | undefined, reader: Reader): Promise<UserAccount[]> {
    const { clauses, parameters } = pageClauses('u', page, [['u.role = ?', role]]);
    return reader.query<UserAccount[]>(`SELECT ${ACCOUNT_COLUMNS} FROM users u ${clauses}`, parameters);
  }

  /**
   * Returns the user and all enabled managers, and locks their rows until the transaction ends. The order of the locks prevents
   * deadlocks. The lock leaves foreign keys alone, so that managers can place orders meanwhile.
   */
  lockWithManagers(id: string, tx: Tx): Promise<User[]> {
    return tx
      .createQueryBuilder(User, 'u')
      .where(`u.id = :id OR (u.role = 'manager' AND NOT u.disabled)`, { id })
      .orderBy('u.id')
      .setLock('for_no_key_update')
      .getMany();
  }

  async update(id: string, changes: Pick<User, 'role' | 'disabled'>, tx: Tx): Promise<void> {
    await tx.update(User, { id }, changes);
  }

  /**
   * Ends the access tokens without a session that were issued to the user before. The transaction has the lock of the user's row: a login
   * that waits for it must not be earlier than this time, as it could be if this were the start of the transaction.
   */
  async endTokens(id: string, tx: Tx): Promise<void> {
    await tx.update(User, { id }, { tokensValidAfter: () => 'clock_timestamp()' });
  }

  async updatePasswordHash(id: string, hashedPassword: string, tx: Tx): Promise<void> {
    await tx.update(User, { id }, { hashedPassword });
  }

  /** Replaces a password hash. Returns false, and changes nothing, if the user has another one. */
  async replacePasswordHash(id: string, replaced: string, hashedPassword: string, tx?: Tx): Promise<boolean> {
    const changes = { hashedPassword };
    const { affected } = await (tx ?? this.users.manager).update(
      User,
      { id, hashedPassword: replaced },
      changes,
    );
    return affected === 1;
  }

  async isEmpty(): Promise<boolean> {
    return !(await this.users.exists());
  }

  /** Adds a user. Returns undefined, and changes nothing, if a user with that e-mail exists. */
  async insert({ email, hashedPassword, role }: HashedUser, tx?: Tx): Promise<UserAccount | undefined> {
    const sql = `
      INSERT INTO users AS u (${columnList(['email', 'hashedPassword', 'role'])}) VALUES ($1, $2, $3)
      ON CONFLICT ON CONSTRAINT users_email_key DO NOTHING RETURNING ${ACCOUNT_COLUMNS}`;
    const values = [normalizeEmail(email), hashedPassword, role];
    const [user] = await (tx ?? this.users).query<UserAccount[]>(sql, values);
    return user;
  }

  /** Adds users in one statement. A user whose e-mail exists is not added. Returns how many were. */
  async insertAbsent(users: (HashedUser & Pick<User, 'id'>)[]): Promise<number> {
    const { identifiers } = await this.users
      .createQueryBuilder()
      .insert()
      .values(users.map((user) => ({ ...user, email: normalizeEmail(user.email) })))
      .orIgnore()
      .execute();
    return identifiers.filter(Boolean).length;
  }
}
