import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import { StatementClient } from '#database';
import { normalizeEmail } from '#users';
import { throttleKey } from './throttle-key.js';

const WINDOW_SECONDS = 5 * 60;
/** More than a forgetful user needs. Allows at most 2,880 guesses a day. */
const MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS = 10;
/** An office shares one address, so an address may fail more often than an account. */
const MAX_FAILURES_PER_ADDRESS = 100;
/** How long a login proves that the account's user is at the address. */
const KNOWN_SECONDS = 24 * 60 * 60;

/** The account and the network address of a login. */
export interface LoginSource {
  email: string;
  /** In one normal form. */
  address: string;
}

/**
 * Counts failed logins in PostgreSQL, for all API processes together, and knows which accounts logged in from which addresses. A window
 * starts with the first failure and ends by the clock of the process that wrote it. rate-limiter-flexible deletes expired rows.
 */
@Injectable()
export class LoginThrottleRepository {
  private readonly byAccountAndAddress: RateLimiterPostgres;
  private readonly byAddress: RateLimiterPostgres;
  /** Used as a store whose rows expire. */
  private readonly knownLogins: RateLimiterPostgres;

  constructor(storeClient: StatementClient) {
    const options = { storeClient, storeType: 'client', tableCreated: true };
    const counter = (keyPrefix: string, points: number): RateLimiterPostgres =>
      new RateLimiterPostgres({
        ...options,
        tableName: 'login_failures',
        keyPrefix,
        points,
        duration: WINDOW_SECONDS,
      });
    this.byAccountAndAddress = counter('account', MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS);
    this.byAddress = counter('address', MAX_FAILURES_PER_ADDRESS);
    this.knownLogins = new RateLimiterPostgres({
      ...options,
      tableName: 'known_logins',
      keyPrefix: 'account',
      points: 1,
      duration: KNOWN_SECONDS,
    });
  }

  /**
   * Returns after how many seconds the next login may be tried. 0 means now. Other accounts' failures do not count for an account that
   * logged in from the address within the last day.
   */
  async waitSeconds(source: LoginSource): Promise<number> {
    const [ofAccount, ofAddress] = await Promise.all([
      this.byAccountAndAddress.get(accountKey(source)).then(secondsUntilFree),
      this.byAddress.get(addressKey(source)).then(secondsUntilFree),
    ]);
    return ofAddress > ofAccount && (await this.knownLogins.get(accountKey(source))) === null
      ? ofAddress
      : ofAccount;
  }

  async addFailure(source: LoginSource): Promise<void> {
    await Promise.all([
      this.byAccountAndAddress.penalty(accountKey(source)),
      this.byAddress.penalty(addressKey(source)),
    ]);
  }

  /** Clears the account's failures from this address, and remembers the login. */
  async addSuccess(source: LoginSource): Promise<void> {
    await Promise.all([
      this.byAccountAndAddress.delete(accountKey(source)),
      this.knownLogins.set(accountKey(source), 1, KNOWN_SECONDS),
    ]);
  }
}

function secondsUntilFree(count: RateLimiterRes | null): number {
  return count !== null && count.remainingPoints <= 0 ? Math.ceil(count.msBeforeNext / 1000) : 0;
}

function accountKey({ email, address }: LoginSource): string {
  return throttleKey(normalizeEmail(email), address);
}

function addressKey({ address }: LoginSource): string {
  return throttleKey(address);
}
