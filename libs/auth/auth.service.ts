import { Injectable, Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { LRUCache } from 'lru-cache';
import { Config } from '#config';
import { requestField } from '#logging';
import {
  checkPassword,
  hashPassword,
  needsRehash,
  UsersRepository,
  type AuthenticatedUser,
  type Role,
  type User,
} from '#users';
import { IncorrectCredentials, InvalidToken, TooManyFailedLogins } from './auth.errors.js';
import { HashingQueue } from './hashing-queue.js';
import { LoginThrottleRepository, type LoginSource } from './login-throttle.repository.js';

/** How long a role is cached, and so how long the token of a demoted or deleted user still works. */
const ROLE_TTL_MS = 5_000;

export interface IssuedToken {
  accessToken: string;
  expiresInSeconds: number;
}

/** An attempt to log in. */
export interface LoginAttempt extends LoginSource {
  password: string;
  requestId: string;
}

/** A user to register, with the password in clear. */
export interface NewUser {
  email: string;
  password: string;
  role: Role;
}

/** Logs users in, and returns the user behind a token. */
@Injectable()
export class AuthService {
  private readonly log = new Logger(AuthService.name);
  private readonly hashing = new HashingQueue();
  private readonly roles: LRUCache<string, Role>;
  /** The ids of the users who were reported. */
  private readonly unreadableHashes = new LRUCache<string, true>({ max: 1_000 });

  constructor(
    private readonly users: UsersRepository,
    private readonly throttle: LoginThrottleRepository,
    private readonly tokens: JwtService,
    private readonly config: Config,
  ) {
    this.roles = new LRUCache<string, Role>({
      max: 10_000,
      ttl: ROLE_TTL_MS,
      fetchMethod: (id) => this.users.currentRole(id),
    });
  }

  /**
   * Checks an e-mail and password, and issues a token.
   * @throws IncorrectCredentials for any wrong pair, after the same time if the e-mail is unknown
   * @throws TooManyFailedLogins for right and wrong pairs alike
   * @throws TooManyConcurrentLogins
   */
  async logIn(attempt: LoginAttempt): Promise<IssuedToken> {
    // Before the queue, so that a throttled client takes no room in it.
    await this.refuseThrottled(attempt);
    const user = await this.hashing.run(attempt.address, () => this.check(attempt));
    return {
      accessToken: await this.tokens.signAsync({ sub: user.id, role: user.role }),
      expiresInSeconds: this.config.jwt.lifetimeSeconds,
    };
  }

  /**
   * Returns the user behind the claims of a verified token.
   * @throws InvalidToken if the user is gone or no longer has the claimed role
   */
  async identify(claims: AuthenticatedUser): Promise<AuthenticatedUser> {
    const role = await this.roles.fetch(claims.id);
    if (role !== claims.role) throw new InvalidToken();
    return { id: claims.id, role };
  }

  /** Registers a user. Returns false, and changes nothing, if a user with that e-mail exists. */
  async register(user: NewUser): Promise<boolean> {
    return (await this.users.insertAbsent([await withHash(user)])) === 1;
  }

  /** Registers users if there are none. Returns how many it added. */
  async registerFirst(users: readonly NewUser[]): Promise<number> {
    if (!(await this.hasNoUsers())) return 0;
    return this.users.insertAbsent(await Promise.all(users.map(withHash)));
  }

  hasNoUsers(): Promise<boolean> {
    return this.users.isEmpty();
  }

  async isRegistered(email: string): Promise<boolean> {
    return (await this.users.findByEmail(email)) !== null;
  }

  /** Once per user, so that guesses do not fill the log. */
  private reportUnreadableHash(userId: string): void {
    if (this.unreadableHashes.has(userId)) return;
    this.unreadableHashes.set(userId, true);
    this.log.error('The stored password hash of a user cannot be read; set a new password', { user: userId });
  }

  /** @throws TooManyFailedLogins */
  private async refuseThrottled({ email, address, requestId }: LoginAttempt): Promise<void> {
    const waitSeconds = await this.throttle.waitSeconds({ email, address });
    if (waitSeconds === 0) return;
    this.log.warn('A login was refused after too many failures', {
      address,
      waitSeconds,
      ...requestField(requestId),
    });
    throw new TooManyFailedLogins(waitSeconds);
  }

  /** Reads the failures again inside the hashing slot, so that concurrent guesses see the count of those before them. */
  private async check(attempt: LoginAttempt): Promise<User> {
    await this.refuseThrottled(attempt);
    const { email, password, address, requestId } = attempt;
    const source = { email, address };
    const user = await this.users.findByEmail(email);
    const result = await checkPassword(user?.hashedPassword, password);
    if (user && result === 'unreadable_hash') this.reportUnreadableHash(user.id);
    if (!user || result !== 'correct') {
      await this.throttle.addFailure(source);
      this.log.warn('A login failed', { user: user?.id ?? null, address, ...requestField(requestId) });
      throw new IncorrectCredentials();
    }
    await this.throttle.addSuccess(source);
    this.log.log('A user logged in', { user: user.id, address, ...requestField(requestId) });
    if (needsRehash(user.hashedPassword))
      await this.users.updatePasswordHash(user.id, await hashPassword(password));
    return user;
  }
}

async function withHash({
  email,
  password,
  role,
}: NewUser): Promise<Pick<User, 'email' | 'hashedPassword' | 'role'>> {
  return { email, role, hashedPassword: await hashPassword(password) };
}
