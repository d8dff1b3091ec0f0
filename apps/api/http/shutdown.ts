import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Config } from '#config';
import { DomainError } from '#errors';

export class ShuttingDown extends DomainError {
  constructor() {
    super('unavailable', 'shutting_down', 'This process is shutting down; repeat the request', {
      retryAfterSeconds: 1,
    });
  }
}

/**
 * The end of the API in two steps (docs/decisions/0042-leaving-gracefully.md). After a signal it is leaving: for SHUTDOWN_DELAY_MS it
 * serves every request, but is not ready and lets no client keep its connection. Then it is closing: it refuses new requests on open
 * connections while running requests end.
 */
@Injectable()
export class Shutdown implements BeforeApplicationShutdown {
  private readonly log = new Logger(Shutdown.name);
  private readonly steps = { leaving: new AbortController(), closing: new AbortController() };
  readonly leaving = this.steps.leaving.signal;
  readonly closing = this.steps.closing.signal;

  constructor(private readonly config: Config) {}

  /** @param signal undefined if the application is closed by its own program, which serves no balancer */
  async beforeApplicationShutdown(signal?: string): Promise<void> {
    const delayMs = signal === undefined ? 0 : this.config.shutdownDelayMs;
    this.steps.leaving.abort();
    if (delayMs > 0) {
      this.log.log('The API is leaving: it still serves, but is not ready', { signal, delayMs });
      await delay(delayMs);
    }
    this.steps.closing.abort();
  }

  readonly use = (_request: Request, response: Response, next: NextFunction): void => {
    if (this.leaving.aborted) response.setHeader('Connection', 'close');
    next(this.closing.aborted ? new ShuttingDown() : undefined);
  };
}
