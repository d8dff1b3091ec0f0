import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { requestFields } from '#logging';
import type { RequestContext } from '#tracing';
import { checkPassword, HashingQueue, hashPassword, needsRehash, UsersRepository } from '#users';
import { IncorrectCredentials, TooManyFailedLogins } from './auth.errors.js';
import { IdentitiesRepository, type Candidate } from './identities.repository.js';
import { LoginThrottleRepository, type LoginSource } from './login-throttle.repository.js';

/** An e-mail and a password to check. */
export interface Credentials extends LoginSource {
  password: string;
  context: RequestContext;
}

/** Checks passwords, few at a time, and counts the failures. */
@Injectable()
export class CredentialsService {
  private readonly log = new Logger(CredentialsService.name);
  /** The ids of the users who were reported. */
  private readonly unreadableHashes = new LRUCache<string, true>({ max: 1_000 });

  constructor(
    private readonly identities: IdentitiesRepository,
    private readonly users: UsersRepository,
    private readonly throttle: LoginThrottleRepository,
    private readonly hashing: HashingQueue,
  ) {}

  /**
   * Returns the user with this e-mail and password, as stored now.
   * @throws IncorrectCredentials for any wrong pair and a disabled user, after the same time if the e-mail is unknown
   * @throws TooManyFailedLogins for right and wrong pairs alike
   * @throws TooManyConcurrentLogins
   */
  async verify(credentials: Credentials): Promise<Candidate> {
    // Before the queue, so that a throttled client takes no room in it.
    await this.refuseThrottled(credentials);
    return this.hashing.run(credentials.address, () => this.check(credentials));
  }

  /** @throws TooManyFailedLogins */
  private async refuseThrottled({ email, address, context }: Credentials): Promise<void> {
    const waitSeconds = await this.throttle.waitSeconds({ email, address });
    if (waitSeconds === 0) return;
    this.log.warn('A login was refused after too many failures', {
      address,
      waitSeconds,
      ...requestFields(context),
    });
    throw new TooManyFailedLogins(waitSeconds);
  }

  /** Reads the failures again inside the hashing slot, so that concurrent guesses see the count of those before them. */
  private async check(credentials: Credentials): Promise<Candidate> {
    await this.refuseThrottled(credentials);
    const { email, password, address, context } = credentials;
    const source = { email, address };
    const user = await this.identities.findCandidate(email);
    const result = await checkPassword(user?.hashedPassword, password);
    if (user && result === 'unreadable_hash') this.reportUnreadableHash(user.id);
    if (!user || user.disabled || result !== 'correct') {
      await this.throttle.addFailure(source);
      this.log.warn('A login failed', { user: user?.id ?? null, address, ...requestFields(context) });
      throw new IncorrectCredentials();
    }
    await this.throttle.addSuccess(source);
    return needsRehash(user.hashedPassword) ? this.rehash(user, credentials) : user;
  }

  /** Checks the password again if the user has another hash meanwhile, perhaps of another login. */
  private async rehash(user: Candidate, credentials: Credentials): Promise<Candidate> {
    const hashedPassword = await hashPassword(credentials.password);
    const isReplaced = await this.users.replacePasswordHash(user.id, user.hashedPassword, hashedPassword);
    return isReplaced ? { ...user, hashedPassword } : this.check(credentials);
  }

  /** Once per user, so that guesses do not fill the log. */
  private reportUnreadableHash(userId: string): void {
    if (this.unreadableHashes.has(userId)) return;
    this.unreadableHashes.set(userId, true);
    this.log.error('The stored password hash of a user cannot be read; set a new password', { user: userId });
  }
}
