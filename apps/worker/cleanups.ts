import { Injectable } from '@nestjs/common';
import { StreamTicketCleanup } from '#auth';
import { IdempotencyKeyCleanup } from '#placements';
import { RetentionCleanup } from '#retention';
import { SessionCleanup } from '#sessions';
import { PollingLoop } from './polling-loop.js';

/** A backlog takes hours, in short batches of which a restart repeats none. */
const STUCK_AFTER_MS = 24 * 60 * 60_000;
const PACE = { intervalMs: 60 * 60_000, stuckAfterMs: STUCK_AFTER_MS };
/** Every user may have any number of tickets, which live for a minute. */
const TICKETS_PACE = { intervalMs: 60_000, stuckAfterMs: STUCK_AFTER_MS };

/** Deletes what has expired, each kind in another loop. */
@Injectable()
export class Cleanups {
  readonly loops: PollingLoop[];

  constructor(
    keys: IdempotencyKeyCleanup,
    sessions: SessionCleanup,
    tickets: StreamTicketCleanup,
    retention: RetentionCleanup,
  ) {
    this.loops = [
      new PollingLoop('idempotency key cleanup', PACE, (signal) => keys.deleteExpired(signal)),
      new PollingLoop('session cleanup', PACE, (signal) => sessions.deleteExpired(signal)),
      new PollingLoop('stream ticket cleanup', TICKETS_PACE, (signal) => tickets.deleteExpired(signal)),
      new PollingLoop('retention', PACE, (signal) => retention.deleteExpired(signal)),
    ];
  }
}
