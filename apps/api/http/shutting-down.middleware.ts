import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '#errors';

export class ShuttingDown extends DomainError {
  constructor() {
    super('unavailable', 'shutting_down', 'This process is shutting down; repeat the request', {
      retryAfterSeconds: 1,
    });
  }
}

/** During shutdown, refuses new requests on open connections while running requests end. */
@Injectable()
export class ShuttingDownMiddleware implements OnModuleDestroy {
  private shuttingDown = false;

  onModuleDestroy(): void {
    this.shuttingDown = true;
  }

  readonly use = (_request: Request, response: Response, next: NextFunction): void => {
    if (this.shuttingDown) response.setHeader('Connection', 'close');
    next(this.shuttingDown ? new ShuttingDown() : undefined);
  };
}
