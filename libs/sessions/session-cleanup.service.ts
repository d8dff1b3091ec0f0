import { Injectable, Logger } from '@nestjs/common';
import { deleteInBatches } from '#database';
import { SessionsRepository } from './sessions.repository.js';

/** A session has up to thousands of refresh tokens, so that batches are small. */
const BATCH_SIZE = 100;

/** Deletes expired sessions. Runs in the worker. */
@Injectable()
export class SessionCleanup {
  private readonly log = new Logger(SessionCleanup.name);

  constructor(private readonly sessions: SessionsRepository) {}

  async deleteExpired(signal?: AbortSignal): Promise<void> {
    await deleteInBatches(
      { log: this.log, message: 'Expired sessions were deleted', limit: BATCH_SIZE, signal },
      (limit) => this.sessions.deleteExpired(limit),
    );
  }
}
