import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { StatementClient } from '#database';
import { throttleKey } from './throttle-key.js';

const WINDOW_SECONDS = 60 * 60;
/** More than the customers of a shop who share its address, and few enough that nobody collects e-mails by trying. */
const MAX_ATTEMPTS = 20;

/** Counts registrations in PostgreSQL, for all API processes together. A window starts with the first attempt. */
@Injectable()
export class RegistrationThrottleRepository {
  private readonly byAddress: RateLimiterPostgres;

  constructor(storeClient: StatementClient) {
    this.byAddress = new RateLimiterPostgres({
      storeClient,
      storeType: 'client',
      tableCreated: true,
      tableName: 'registration_attempts',
      keyPrefix: 'address',
      points: MAX_ATTEMPTS,
      duration: WINDOW_SECONDS,
    });
  }

  /** Counts an attempt. Returns 0 if it is allowed, and otherwise after how many seconds the next one is. */
  async count(address: string): Promise<number> {
    try {
      await this.byAddress.consume(throttleKey(address));
      return 0;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    }
  }
}
