import { Injectable } from '@nestjs/common';
import { StreamTicketCleanup } from '#auth';
import { IdempotencyKeyCleanup } from '#placements';
import { RetentionCleanup } from '#retention';
import { SessionCleanup } from '#sessions';
import { PollingLoop } from './polling-loop.js';

const INTERVAL_MS = 60 * 60_000;
/** Every user may have any number of tickets, which live for a minute. */
const TICKETS_INTERVAL_MS = 60_000;

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
      new PollingLoop('idempotency key cleanup', INTERVAL_MS, (signal) => keys.deleteExpired(signal)),
      new PollingLoop('session cleanup', INTERVAL_MS, (signal) => sessions.deleteExpired(signal)),
      new PollingLoop('stream ticket cleanup', TICKETS_INTERVAL_MS, (signal) =>
        tickets.deleteExpired(signal),
      ),
      new PollingLoop('retention', INTERVAL_MS, (signal) => retention.deleteExpired(signal)),
    ];
  }
}
