import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Transactions, type PageRequest, type Tx } from '#database';
import { PreconditionFailed, type Precondition } from '#errors';
import { SessionsService } from '#sessions';
import type { Actor } from './actor.js';
import { HashingQueue } from './hashing-queue.js';
import { hashPassword } from './password.js';
import { assertPassword } from './password-rules.js';
import type { Role, User } from './user.entity.js';
import { EmailTaken, LastManager, UserNotFound } from './users.errors.js';
import { UsersRepository, type UserAccount } from './users.repository.js';

/** A user to create, with the password in clear. */
export interface NewUser {
  email: string;
  password: string;
  role: Role;
}

/** Administration of users. The actor is null for a command. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly sessions: SessionsService,
    private readonly hashing: HashingQueue,
    private readonly audit: AuditLog,
    private readonly transactions: Transactions,
  ) {}

  /** Returns a page of users, newest first. */
  list(page: PageRequest, role?: Role): Promise<UserAccount[]> {
    return this.transactions.readList((reader) => this.users.list(page, role, reader));
  }

  /** @throws UserNotFound */
  async get(id: string): Promise<UserAccount> {
    const user = await this.users.find(id);
    if (!user) throw new UserNotFound();
    return user;
  }

  /** @throws UserNotFound */
  async getByEmail(email: string): Promise<UserAccount> {
    const user = await this.users.findByEmail(email);
    if (!user) throw new UserNotFound();
    return user;
  }

  async exists(email: string): Promise<boolean> {
    return (await this.users.findByEmail(email)) !== null;
  }

  /** Returns whether there are no users. */
  isEmpty(): Promise<boolean> {
    return this.users.isEmpty();
  }

  /** Adds users if there are none, with passwords that nobody checks. Returns how many it added. */
  async createFirst(users: readonly (NewUser & Pick<User, 'id'>)[]): Promise<number> {
    if (!(await this.isEmpty())) return 0;
    const hashed = users.map(async ({ password, ...user }) => ({
      ...user,
      hashedPassword: await hashPassword(password),
    }));
    return this.users.insertAbsent(await Promise.all(hashed));
  }

  /** @throws PasswordRefused, EmailTaken, TooManyConcurrentLogins */
  async create({ email, password, role }: NewUser, actor: Actor | null): Promise<UserAccount> {
    assertPassword(password, email);
    const hashedPassword = await this.hashing.run(actor?.id ?? 'command', () => hashPassword(password));
    return this.transactions.run(async (tx) => {
      const user = await this.users.insert({ email, hashedPassword, role }, tx);
      if (!user) throw new EmailTaken();
      const subject = { type: 'user', id: user.id } as const;
      await this.audit.record({ actor, action: 'user.create', subject, after: auditedState(user) }, tx);
      return user;
    });
  }

  /**
   * Changes the given fields. Disabling ends the user's sessions and tokens, and enabling revives none.
   * @throws UserNotFound, PreconditionFailed, LastManager
   */
  update(
    id: string,
    changes: Partial<Pick<UserAccount, 'role' | 'disabled'>>,
    actor: Actor | null,
    precondition?: Precondition<UserAccount>,
  ): Promise<UserAccount> {
    return this.transactions.run(async (tx) => {
      const locked = await this.users.lockWithManagers(id, tx);
      const user = locked.find((candidate) => candidate.id === id);
      if (!user) throw new UserNotFound();
      if (precondition && !precondition(user)) throw new PreconditionFailed();
      const { role = user.role, disabled = user.disabled } = changes;
      if (role === user.role && disabled === user.disabled) return user;
      const changed = { id, email: user.email, role, disabled, createdAt: user.createdAt };
      if (isEnabledManager(user) && !isEnabledManager(changed) && locked.length === 1)
        throw new LastManager();
      await this.users.update(id, { role, disabled }, tx);
      if (disabled && !user.disabled) await this.endAccess(id, tx);
      const [before, after] = [auditedState(user), auditedState(changed)];
      await this.audit.record(
        { actor, action: 'user.update', subject: { type: 'user', id }, before, after },
        tx,
      );
      return changed;
    });
  }

  /**
   * Sets another password for a user who lost it, and ends the user's sessions and tokens.
   * @throws UserNotFound, PasswordRefused
   */
  async resetPassword(email: string, password: string): Promise<void> {
    const { id, email: storedEmail } = await this.getByEmail(email);
    assertPassword(password, storedEmail);
    const hashedPassword = await hashPassword(password);
    await this.transactions.run(async (tx) => {
      await this.users.updatePasswordHash(id, hashedPassword, tx);
      await this.endAccess(id, tx);
      await this.audit.record({ actor: null, action: 'user.password', subject: { type: 'user', id } }, tx);
    });
  }

  /**
   * Replaces the password hash that was verified, and ends the user's tokens and sessions except one. Returns false, and changes nothing,
   * if the user has another hash meanwhile.
   */
  replacePassword(
    { id, hashedPassword: verified }: Pick<User, 'id' | 'hashedPassword'>,
    hashedPassword: string,
    keptSessionId?: string,
  ): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const isReplaced = await this.users.replacePasswordHash(id, verified, hashedPassword, tx);
      if (isReplaced) await this.endAccess(id, tx, keptSessionId);
      return isReplaced;
    });
  }

  /** The row of the user is locked before its sessions. */
  private async endAccess(id: string, tx: Tx, keptSessionId?: string): Promise<void> {
    await this.users.endTokens(id, tx);
    await this.sessions.endAll(id, { except: keptSessionId }, tx);
  }
}

function isEnabledManager({ role, disabled }: UserAccount): boolean {
  return role === 'manager' && !disabled;
}

/** What the audit log keeps of a user. */
function auditedState({ email, role, disabled }: UserAccount): object {
  return { email, role, disabled };
}
