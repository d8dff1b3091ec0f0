import { Injectable, Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { LRUCache } from 'lru-cache';
import { Config } from '#config';
import {
  IncorrectCredentials,
  InvalidToken,
  TooManyConcurrentLogins,
  TooManyFailedLogins,
} from './auth.errors.js';
import { LoginFailuresRepository } from './login-failures.repository.js';
import { hashPassword, isCorrectPassword, needsRehash } from './password.js';
import type { Role, User } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

/** How long a role once read counts, in ms: how long a demoted or deleted user's token still works. */
const ROLE_FRESHNESS_MS = 5_000;
/** A hash costs a processor and 19 MiB for tens of ms: more at once would take them from the orders. */
const HASHES_AT_ONCE = 2;
/** Who is further back would wait for seconds; they are told to come back. */
const LOGINS_WAITING = 100;

/** Who makes a request. */
export interface AuthenticatedUser {
  id: string;
  role: Role;
}

export interface IssuedToken {
  accessToken: string;
  expiresInSeconds: number;
}

/** A try to log in, with the address that it comes from. */
export interface LoginAttempt {
  email: string;
  password: string;
  address: string;
}

/** Logs users in and says who a token stands for. */
@Injectable()
export class AuthService {
  private readonly log = new Logger(AuthService.name);
  private readonly hashing = bulkhead(HASHES_AT_ONCE, LOGINS_WAITING);
  private readonly roles: LRUCache<string, Role>;

  constructor(
    private readonly users: UsersRepository,
    private readonly failures: LoginFailuresRepository,
    private readonly tokens: JwtService,
    private readonly config: Config,
  ) {
    this.roles = new LRUCache<string, Role>({
      max: 10_000,
      ttl: ROLE_FRESHNESS_MS,
      fetchMethod: (id) => this.users.currentRole(id),
    });
  }

  /**
   * Checks an e-mail and password and issues a token.
   * @throws IncorrectCredentials for any wrong pair, after the same time for an unknown e-mail
   * @throws TooManyFailedLogins, whether this pair would be right or wrong
   * @throws TooManyConcurrentLogins while too many others wait to be checked
   */
  async logIn(attempt: LoginAttempt): Promise<IssuedToken> {
    const user = await this.withHashingSlot(() => this.check(attempt));
    return {
      accessToken: await this.tokens.signAsync({ sub: user.id, role: user.role }),
      expiresInSeconds: this.config.jwt.lifetimeSeconds,
    };
  }

  /**
   * Answers the user that a verified token's claims stand for.
   * @throws InvalidToken where the user is gone or no longer has the claimed role
   */
  async identify(claims: AuthenticatedUser): Promise<AuthenticatedUser> {
    const role = await this.roles.fetch(claims.id);
    if (role !== claims.role) throw new InvalidToken();
    return { id: claims.id, role };
  }

  /** Registers a user; one with that e-mail stays as is. */
  async register(user: { email: string; password: string; role: Role }): Promise<void> {
    await this.users.insertIfAbsent({
      email: user.email,
      role: user.role,
      hashedPassword: await hashPassword(user.password),
    });
  }

  private async withHashingSlot<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await this.hashing.execute(work);
    } catch (error) {
      throw error instanceof BulkheadRejectedError ? new TooManyConcurrentLogins() : error;
    }
  }

  /** Failures are looked up in turn with the check itself, so that a burst of guesses meets the count of those before it. */
  private async check({ email, password, address }: LoginAttempt): Promise<User> {
    const source = { email, address };
    const waitSeconds = await this.failures.waitSeconds(source);
    if (waitSeconds > 0) throw new TooManyFailedLogins(waitSeconds);
    const user = await this.users.findByEmail(email);
    const correct = await isCorrectPassword(user?.hashedPassword, password);
    if (!user || !correct) {
      await this.failures.add(source);
      this.log.warn('A login failed', { user: user?.id ?? null, address });
      throw new IncorrectCredentials();
    }
    await this.failures.forget(source);
    if (needsRehash(user.hashedPassword))
      await this.users.updatePasswordHash(user.id, await hashPassword(password));
    return user;
  }
}
