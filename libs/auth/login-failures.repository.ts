import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import { StatementClient } from '#database';
import { normalizeEmail } from './email.js';

const WINDOW_SECONDS = 5 * 60;
/** More than a forgetful user needs. Allows at most 2,880 guesses a day. */
const MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS = 10;
/** An office shares one address, so an address may fail more often than an account. */
const MAX_FAILURES_PER_ADDRESS = 100;

/** The account and the network address of a login. */
export interface LoginSource {
  email: string;
  address: string;
}

/**
 * Counts failed logins in PostgreSQL, for all API processes together. A window starts with the first failure and ends by the clock of
 * the process that wrote it.
 */
@Injectable()
export class LoginFailuresRepository {
  private readonly byAccountAndAddress: RateLimiterPostgres;
  private readonly byAddress: RateLimiterPostgres;

  constructor(storeClient: StatementClient) {
    const limiter = (keyPrefix: string, points: number): RateLimiterPostgres =>
      new RateLimiterPostgres({
        storeClient,
        storeType: 'client',
        tableName: 'login_failures',
        tableCreated: true,
        keyPrefix,
        points,
        duration: WINDOW_SECONDS,
      });
    this.byAccountAndAddress = limiter('account', MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS);
    this.byAddress = limiter('address', MAX_FAILURES_PER_ADDRESS);
  }

  /** Returns after how many seconds the next login may be tried. 0 means now. */
  async waitSeconds(source: LoginSource): Promise<number> {
    const counts = await Promise.all([
      this.byAccountAndAddress.get(accountKey(source)),
      this.byAddress.get(addressKey(source)),
    ]);
    const waits = counts
      .filter((count): count is RateLimiterRes => count !== null && count.remainingPoints <= 0)
      .map(({ msBeforeNext }) => Math.ceil(msBeforeNext / 1000));
    return Math.max(0, ...waits);
  }

  async add(source: LoginSource): Promise<void> {
    await Promise.all([
      this.byAccountAndAddress.penalty(accountKey(source)),
      this.byAddress.penalty(addressKey(source)),
    ]);
  }

  /** Clears the account's failures from this address after a successful login. */
  async clear(source: LoginSource): Promise<void> {
    await this.byAccountAndAddress.delete(accountKey(source));
  }
}

function accountKey({ email, address }: LoginSource): string {
  return hash(`${normalizeEmail(email)} ${address}`);
}

function addressKey({ address }: LoginSource): string {
  return hash(address);
}

/** The table must not show which accounts had failed logins. */
function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
