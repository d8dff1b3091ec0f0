import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';

const WINDOW_SECONDS = 5 * 60;
/** A person who has forgotten a password gives up sooner; a guesser gets 2,880 guesses a day. */
const FAILURES_OF_ACCOUNT_AT_ADDRESS = 10;
/** Many people share an office's address, few of them forget their passwords within the same five minutes. */
const FAILURES_OF_ADDRESS = 100;

/** Where a login comes from and whose it would be. */
export interface LoginSource {
  email: string;
  address: string;
}

/**
 * Failed logins, counted in PostgreSQL for all API processes together. Windows begin with the first failure and end by the clock of the
 * process that wrote it: processes whose clocks differ only shorten or lengthen them.
 */
@Injectable()
export class LoginFailuresRepository {
  private readonly ofAccountAtAddress: RateLimiterPostgres;
  private readonly ofAddress: RateLimiterPostgres;

  constructor(dataSource: DataSource) {
    const limiter = (keyPrefix: string, points: number): RateLimiterPostgres =>
      new RateLimiterPostgres({
        storeClient: dataSource,
        storeType: 'typeorm',
        tableName: 'login_failures',
        tableCreated: true,
        keyPrefix,
        points,
        duration: WINDOW_SECONDS,
      });
    this.ofAccountAtAddress = limiter('account', FAILURES_OF_ACCOUNT_AT_ADDRESS);
    this.ofAddress = limiter('address', FAILURES_OF_ADDRESS);
  }

  /** For how many more seconds no login is tried from there; 0 where one may be. */
  async waitSeconds(source: LoginSource): Promise<number> {
    const counts = await Promise.all([
      this.ofAccountAtAddress.get(accountKey(source)),
      this.ofAddress.get(addressKey(source)),
    ]);
    const waits = counts
      .filter((count): count is RateLimiterRes => count !== null && count.remainingPoints <= 0)
      .map(({ msBeforeNext }) => Math.ceil(msBeforeNext / 1000));
    return Math.max(0, ...waits);
  }

  async add(source: LoginSource): Promise<void> {
    await Promise.all([
      this.ofAccountAtAddress.penalty(accountKey(source)),
      this.ofAddress.penalty(addressKey(source)),
    ]);
  }

  /** The account's own user was there: their earlier mistakes no longer count. */
  async forget(source: LoginSource): Promise<void> {
    await this.ofAccountAtAddress.delete(accountKey(source));
  }
}

function accountKey({ email, address }: LoginSource): string {
  return hash(`${email.toLowerCase()} ${address}`);
}

function addressKey({ address }: LoginSource): string {
  return hash(address);
}

/** Nobody who reads the table learns who has forgotten a password. */
function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
