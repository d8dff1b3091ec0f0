import { Injectable, Logger } from '@nestjs/common';
import { deleteInBatches } from '#database';
import { StreamTicketsRepository } from './stream-tickets.repository.js';

const BATCH_SIZE = 1_000;

/** Deletes the tickets that were not used in time. Runs in the worker. */
@Injectable()
export class StreamTicketCleanup {
  private readonly log = new Logger(StreamTicketCleanup.name);

  constructor(private readonly tickets: StreamTicketsRepository) {}

  async deleteExpired(signal?: AbortSignal): Promise<void> {
    await deleteInBatches(
      { log: this.log, message: 'Expired stream tickets were deleted', limit: BATCH_SIZE, signal },
      (limit) => this.tickets.deleteExpired(limit),
    );
  }
}
