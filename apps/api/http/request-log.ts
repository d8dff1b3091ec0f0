import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import type { AuthenticatedRequest } from '../auth/auth.decorators.js';

const SAFE_REQUEST_ID = /^[\w.-]{1,64}$/;

/** What requests gain on their way: the id from here, the user from the guard. */
type LoggedRequest = Request & { id?: string } & Partial<AuthenticatedRequest>;

/**
 * Gives each request an id, which its answer carries as X-Request-Id, and writes one line about it when it is over. No headers, no
 * bodies and no query: tokens, keys and passwords travel in them.
 */
export function requestLog(logger: Logger) {
  return (request: LoggedRequest, response: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    const id = requestIdOf(request);
    request.id = id;
    response.setHeader('X-Request-Id', id);
    // Comes after the answer's last byte, and also where the client goes away before.
    response.once('close', () => {
      const { method, originalUrl, user } = request;
      const path = originalUrl.split('?', 1)[0] ?? '';
      const { statusCode, writableFinished } = response;
      const level = statusCode >= 500 ? 'error' : path.startsWith('/health/') ? 'debug' : 'info';
      logger[level](
        {
          reqId: id,
          method,
          path,
          // Who was refused something is worth knowing; who they are beyond their id is not.
          user: user?.id,
          statusCode,
          responseTime: Math.round(performance.now() - startedAt),
        },
        writableFinished ? 'request completed' : 'request aborted',
      );
    });
    next();
  };
}

function requestIdOf({ headers }: Request): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SAFE_REQUEST_ID.test(given) ? given : randomUUID();
}
