import { Injectable, Logger } from '@nestjs/common';
import { SessionsRepository } from './sessions.repository.js';

/** A session has up to thousands of refresh tokens, so that batches are small. */
const BATCH_SIZE = 100;

/** Deletes expired sessions. Runs in the worker. */
@Injectable()
export class SessionCleanup {
  private readonly log = new Logger(SessionCleanup.name);

  constructor(private readonly sessions: SessionsRepository) {}

  async deleteExpired(): Promise<void> {
    let total = 0;
    let count: number;
    do {
      count = await this.sessions.deleteExpired(BATCH_SIZE);
      total += count;
    } while (count === BATCH_SIZE);
    if (total > 0) this.log.log('Expired sessions were deleted', { count: total });
  }
}
